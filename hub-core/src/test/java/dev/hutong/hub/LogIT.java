package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RegistryEvent;
import dev.hutong.registry.RegistryEvent.IssuerResumed;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.tlog.EntryBundle;
import dev.hutong.registry.tlog.LogPolicy;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.NoteVerifier;
import dev.hutong.registry.tlog.Parsed;
import dev.hutong.registry.tlog.SignedCheckpoint;
import dev.hutong.registry.tlog.TlogProof;
import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import io.codenotary.immudb.ImmudbProto;
import io.codenotary.immudb4j.crypto.CryptoUtils;
import io.codenotary.immudb4j.crypto.Root;
import io.codenotary.immudb4j.crypto.VerificationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transparency log over HTTP; a log of more than one full tile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogIT {
    private static final SignatureProviders PROVIDERS = SignatureProviders.choose();
    private static final int PAIRS = 150;

    private VirtualProvinces provinces;
    private TestHub hub;
    private int size;

    @BeforeAll
    void start(@TempDir Path data) {
        InstantSource clock = InstantSource.system();
        provinces = VirtualProvinces.startDemo(clock);
        List<RegistryEvent> events = new ArrayList<>(TestHub.registrationOf(provinces, clock.instant()));
        IssuerId issuer = new IssuerId(Codes.GUANGZHOU);
        for (int i = 0; i < PAIRS; i++) {
            events.add(new IssuerSuspended(clock.instant(), issuer, "a drill"));
            events.add(new IssuerResumed(clock.instant(), issuer));
        }
        size = events.size();
        TestHub.append(data, clock, events);
        hub = TestHub.start(TestHub.config(data), clock);
    }

    @AfterAll
    void stop() {
        hub.close();
        provinces.close();
    }

    private Exchange get(String path) {
        return hub.verifier().get(path);
    }

    private SignedCheckpoint checkpoint() {
        return value(SignedCheckpoint.parse(get("/log/checkpoint").body().getBytes()));
    }

    private static <T> T value(Parsed<T> parsed) {
        assertThat(parsed.fault()).isEmpty();
        return parsed.asOptional().orElseThrow();
    }

    private List<byte[]> leaves() {
        List<byte[]> leaves = new ArrayList<>(
                value(EntryBundle.parse(get("/log/tile/entries/000").body().getBytes())));
        leaves.addAll(value(EntryBundle.parse(
                get("/log/tile/entries/001.p/" + (size - 256)).body().getBytes())));
        return leaves;
    }

    private LogPolicy policy() {
        String vkey = hub.operator().get("/health/ready").json().at("/log/vkey").textValue();
        return LogPolicy.withoutWitnesses(new NoteVerifier(value(NoteKey.parse(vkey)), PROVIDERS));
    }

    private List<byte[]> hashes(JsonNode array) {
        List<byte[]> hashes = new ArrayList<>();
        array.forEach(hash -> hashes.add(Base64.getDecoder().decode(hash.textValue())));
        return hashes;
    }

    @Test
    void theCheckpointIsSignedByTheLogUnderTheHubsNameAndSignedOnce() {
        Exchange exchange = get("/log/checkpoint");

        assertThat(exchange.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(policy().faultIn(checkpoint())).isEmpty();
        assertThat(checkpoint().text().origin()).isEqualTo("hutong");
        assertThat(checkpoint().checkpoint().size()).isEqualTo(size);
        assertThat(get("/log/checkpoint").text()).isEqualTo(exchange.text());
    }

    /** The verifier is of sigstore-java: another make, written from RFC 6962. That leaves of all parts lead to one root shows the root. */
    @Test
    void leavesAreInTheLogByAnImplementationOfAnotherMake() throws Exception {
        byte[] root = checkpoint().checkpoint().root().octets();
        List<byte[]> leaves = leaves();
        assertThat(leaves).hasSize(size);

        for (int index :
                IntStream.range(0, size).filter(i -> i % 7 == 0 || i > 250).toArray()) {
            JsonNode proof = get("/v1/log/proof?index=" + index).json();
            InclusionProofVerifier.verify(leafHash(leaves.get(index)), index, size, hashes(proof.get("proof")), root);
        }
    }

    @Test
    void theImplementationOfAnotherMakeRefusesAnotherLeaf() {
        byte[] root = checkpoint().checkpoint().root().octets();
        List<byte[]> proof = hashes(get("/v1/log/proof?index=3").json().get("proof"));

        assertThatThrownBy(() -> InclusionProofVerifier.verify(leafHash(new byte[] {1}), 3, size, proof, root))
                .isInstanceOf(InclusionProofVerificationException.class);
    }

    /** The verifier is of immudb4j, a client of another log: another make again, since sigstore-java checks no consistency proofs. */
    @Test
    void theLogIsConsistentWithEveryEarlierSizeByAnImplementationOfAnotherMake() throws Exception {
        for (int from : List.of(1, 2, 3, 7, 64, 100, 255, 256, 257, size - 1, size)) {
            JsonNode answer = get("/v1/log/proof?from=" + from + "&to=" + size).json();
            byte[] older = Base64.getDecoder().decode(answer.at("/from/root").textValue());

            assertThat(answer.at("/to/root").textValue())
                    .isEqualTo(checkpoint().checkpoint().root().toBase64());
            CryptoUtils.verifyConsistency(foreignProof(hashes(answer.get("proof"))), new Root("", from - 1, older));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 64, 257})
    void theImplementationOfAnotherMakeRefusesAnotherHistoryAndAnotherProof(int from) {
        JsonNode answer = get("/v1/log/proof?from=" + from + "&to=" + size).json();
        List<byte[]> proof = hashes(answer.get("proof"));
        byte[] older = Base64.getDecoder().decode(answer.at("/from/root").textValue());

        assertThatThrownBy(
                        () -> CryptoUtils.verifyConsistency(foreignProof(proof), new Root("", from - 1, new byte[32])))
                .isInstanceOf(VerificationException.class);
        proof.getLast()[0] ^= 1;
        assertThatThrownBy(() -> CryptoUtils.verifyConsistency(foreignProof(proof), new Root("", from - 1, older)))
                .isInstanceOf(VerificationException.class);
    }

    /** That the hashes lead to the checkpoint's root. immudb4j says of a size the index of its last leaf. */
    private ImmudbProto.Proof foreignProof(List<byte[]> hashes) {
        return ImmudbProto.Proof.newBuilder()
                .setAt(size - 1)
                .setRoot(ByteString.copyFrom(checkpoint().checkpoint().root().octets()))
                .addAllConsistencyPath(hashes.stream().map(ByteString::copyFrom).toList())
                .build();
    }

    private static byte[] leafHash(byte[] leaf) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update((byte) 0);
        return sha256.digest(leaf);
    }

    @Test
    void fullTilesAreForEverAndPartialOnesAreNot() {
        assertThat(get("/log/tile/0/000").header("Cache-Control")).contains("immutable");
        assertThat(get("/log/tile/0/000").body().length()).isEqualTo(8192);
        assertThat(get("/log/tile/entries/000").header("Cache-Control")).contains("immutable");
        assertThat(get("/log/tile/0/001.p/3").header("Cache-Control")).doesNotContain("immutable");
        assertThat(get("/log/tile/1/000.p/1").body().length()).isEqualTo(32);
        assertThat(get("/log/tile/entries/001.p/3").header("Cache-Control")).doesNotContain("immutable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/log/tile/0/001",
                "/log/tile/0/002.p/1",
                "/log/tile/1/000",
                "/log/tile/2/000.p/1",
                "/log/tile/0/0",
                "/log/tile/64/000",
                "/log/tile/0/000.p/0",
                "/log/tile/0/000.p/256",
                "/log/tile/00/000",
                "/log/tile/0/x000/000",
                "/log/tile/entries/001",
                "/log/tile/entries/002.p/1",
                "/log/tile/entries/x999/x999/x999/x999/x999/999",
                "/log/tile/entries/000.p/300",
                "/log/tile/entries/1",
                "/log/tile/-1/000",
                "/log/tile/0/000/",
                "/log/tile/",
                "/log/tile/entries",
                "/log/x",
                "/v1/log/proof?index=100000",
                "/v1/log/proof?from=1&to=100000",
                "/v1/issuers/440100.none/proof",
                "/v1/issuers/x/proof"
            })
    void whatTheLogDoesNotHaveIsNotFound(String path) {
        assertThat(get(path).problem()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?index=",
                "?index=x",
                "?index=-1",
                "?index=01",
                "?index=1&index=2",
                "?index=9223372036854775808",
                "?from=1",
                "?to=1",
                "?index=1&to=2",
                "?index=1&from=1&to=2",
                "?from=1&size=2",
                "?index=1&other=2",
                "?index=3&size=3",
                "?index=5&size=4",
                "?from=3&to=2",
                "?from=100001&to=100000"
            })
    void aQuestionForAProofThatIsNoneIsRefused(String query) {
        assertThat(get("/v1/log/proof" + query).problem()).isEqualTo("invalid-request");
    }

    @Test
    void everyIssuersEntryIsProvedOffline() {
        JsonNode issuers = get("/v1/issuers").json().get("issuers");
        assertThat(issuers).hasSize(4);
        issuers.forEach(issuer -> {
            TlogProof proof = value(
                    TlogProof.parse(get("/v1/issuers/" + issuer.get("issuer").textValue() + "/proof")
                            .body()
                            .getBytes()));
            byte[] leaf = Base64.getDecoder().decode(proof.extra().orElseThrow());

            assertThat(proof.index()).isEqualTo(issuer.get("entry").longValue());
            assertThat(new String(leaf, StandardCharsets.UTF_8))
                    .contains(issuer.get("issuer").textValue());
            assertThat(proof.faultIn(TreeHash.ofLeaf(leaf), policy())).isEmpty();
            assertThat(issuer.at("/keys/0/entry").longValue()).isLessThan(size);
            assertThat(get("/v1/issuers/" + issuer.get("issuer").textValue() + "/proofs")
                            .json()
                            .get("proofs"))
                    .as("nobody else approved it")
                    .hasSize(1);
        });
    }

    @Test
    void readinessShowsTheLogWithoutWitnesses() {
        JsonNode log = hub.operator().get("/health/ready").json().get("log");

        assertThat(log.get("size").intValue()).isEqualTo(size);
        assertThat(log.get("witnesses")).isEmpty();
        assertThat(log.get("quorumReached").booleanValue()).isTrue();
    }
}
