package dev.hutong.hub;

import static dev.hutong.hub.FoundedFolder.registration;
import static dev.hutong.hub.ProposalClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.tlog.LogPolicy;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.NoteVerifier;
import dev.hutong.registry.tlog.TlogProof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a registry under dual control, what is kept of an issuer and of a key proves offline what was proposed and who approved it. */
class IssuerProofsIT {
    private static final String ISSUER = "/v1/issuers/" + Codes.GUANGDONG;

    private final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final PrivateJwk key = FoundedFolder.key(SignatureAlgorithm.ES256);
    private final String kid = key.publicJwk().kid();
    private final IssuerId issuer = new IssuerId(Codes.GUANGDONG);
    private FoundedFolder registry;
    private TestHub hub;
    private ProposalClient client;
    private LogPolicy policy;
    private String registration;

    /** A leaf that was proved, and what people signed in it. */
    private record Proved(long entry, JsonNode leaf) {
        byte[] signed() {
            return Base64.getUrlDecoder().decode(leaf.at("/document/payload").textValue());
        }

        String type() {
            return leaf.get("type").textValue();
        }

        JsonNode payload() {
            return read(signed());
        }

        List<String> signers() {
            List<String> kids = new ArrayList<>();
            leaf.at("/document/signatures")
                    .forEach(one -> kids.add(read(Base64.getUrlDecoder()
                                    .decode(one.get("protected").textValue()))
                            .get("kid")
                            .textValue()));
            return kids;
        }

        /** The id of a proposal: SHA-256 of the text that was signed, in base64url. */
        String id() throws Exception {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(signed()));
        }
    }

    @BeforeEach
    void start(@TempDir Path data) {
        registry = new FoundedFolder(data, clock);
        hub = TestHub.start(TestHub.config(data), clock);
        client = new ProposalClient(hub.verifier(), registry);
        String vkey = hub.verifier()
                .get("/v1/registry/operators")
                .json()
                .at("/logKey/vkey")
                .textValue();
        policy = LogPolicy.withoutWitnesses(
                new NoteVerifier(NoteKey.parse(vkey).asOptional().orElseThrow(), FoundedFolder.PROVIDERS));
        registration = enact(registration(Codes.GUANGDONG, key), key);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    /** Proposes, and has Anna and Bo approve. */
    private String enact(Action action, PrivateJwk... signers) {
        String id = id(client.propose(action, signers));
        client.approve(id, registry.anna);
        assertThat(client.approve(id, registry.bo).json().get("stage").textValue())
                .isEqualTo("IN_FORCE");
        return id;
    }

    private static JsonNode read(byte[] json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The leaves that an answer proves to who has the log's key and nothing else. */
    private List<Proved> proved(String path) {
        List<Proved> proved = new ArrayList<>();
        for (JsonNode one : hub.verifier().get(path).json().get("proofs")) {
            TlogProof proof = TlogProof.parse(one.get("proof").textValue().getBytes(StandardCharsets.UTF_8))
                    .asOptional()
                    .orElseThrow();
            byte[] leaf = Base64.getDecoder().decode(proof.extra().orElseThrow());
            assertThat(proof.faultIn(TreeHash.ofLeaf(leaf), policy)).isEmpty();
            assertThat(proof.index()).isEqualTo(one.get("entry").longValue());
            proved.add(new Proved(proof.index(), read(leaf)));
        }
        return proved;
    }

    private void assertProposedAndApproved(List<Proved> proved, String proposal, PrivateJwk proposer) throws Exception {
        assertThat(proved).extracting(Proved::type).containsExactly("proposed", "approved", "approved");
        assertThat(proved.getFirst().id()).isEqualTo(proposal);
        assertThat(proved.getFirst().signers())
                .containsExactly(proposer.publicJwk().kid());
        assertThat(proved.subList(1, 3))
                .extracting(one -> one.payload().get("proposal").textValue())
                .containsOnly(proposal);
        assertThat(proved.get(1).signers())
                .containsExactly(registry.anna.publicJwk().kid());
        assertThat(proved.get(2).signers())
                .containsExactly(registry.bo.publicJwk().kid());
    }

    @Test
    void anIssuersRegistrationIsProvedByTheProposalThatNamesItAndItsApprovals() throws Exception {
        List<Proved> proved = proved(ISSUER + "/proofs");

        assertProposedAndApproved(proved, registration, key);
        assertThat(proved.getFirst().payload().findValuesAsText("issuer")).containsExactly(Codes.GUANGDONG);
        assertThat(proved.getFirst().payload().findValuesAsText("x"))
                .containsExactly(key.publicJwk().toJson().get("x").textValue());
        assertThat(proved.getLast().entry())
                .isEqualTo(hub.verifier().get(ISSUER).json().at("/issuer/entry").longValue());
    }

    @Test
    void theOneProofIsTheLastOfThem() {
        String last = hub.verifier()
                .get(ISSUER + "/proofs")
                .json()
                .at("/proofs/2/proof")
                .textValue();

        assertThat(hub.verifier().get(ISSUER + "/proof").text()).isEqualTo(last);
    }

    @Test
    void whatChangedTheIssuerLastIsProvedAndItsKeyIsStillProvedByItsRegistration() throws Exception {
        String suspension = enact(new SuspendIssuer(issuer), registry.chen);

        assertProposedAndApproved(proved(ISSUER + "/proofs"), suspension, registry.chen);
        assertProposedAndApproved(proved(ISSUER + "/keys/" + kid + "/proofs"), registration, key);
    }

    @Test
    void proofsOutliveARestart() {
        List<Proved> before = proved(ISSUER + "/proofs");
        hub.close();
        hub = TestHub.start(TestHub.config(registry.path), clock);

        assertThat(proved(ISSUER + "/proofs"))
                .extracting(Proved::leaf)
                .isEqualTo(before.stream().map(Proved::leaf).toList());
    }

    @Test
    void aBreakGlassRevocationIsProvedByItsProposalAlone() throws Exception {
        String revocation = id(client.propose(
                new RevokeKey(issuer, KeyId.of(key.publicJwk()), RevocationReason.COMPROMISED, clock.instant(), true),
                registry.chen));
        List<Proved> proved = proved(ISSUER + "/keys/" + kid + "/proofs");

        assertThat(proved).extracting(Proved::type).containsExactly("proposed");
        assertThat(proved.getFirst().id()).isEqualTo(revocation);
        assertThat(proved.getFirst().payload().toString()).contains(kid);
        client.approve(revocation, registry.bo);
        assertThat(proved(ISSUER + "/keys/" + kid + "/proofs")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/issuers/440100.none/proofs",
                "/v1/issuers/x/proofs",
                ISSUER + "/keys/x/proofs",
                ISSUER + "/keys/NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs/proofs",
                "/v1/issuers/440100.none/keys/NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs/proofs"
            })
    void whatIsNotRegisteredHasNoProofs(String path) {
        assertThat(hub.verifier().get(path).problem()).isEqualTo("not-found");
    }
}
