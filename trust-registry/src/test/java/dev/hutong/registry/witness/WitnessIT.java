package dev.hutong.registry.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.tlog.AddCheckpointRequest;
import dev.hutong.registry.tlog.CheckpointText;
import dev.hutong.registry.tlog.Cosigner;
import dev.hutong.registry.tlog.NoteSigner;
import dev.hutong.registry.tlog.NoteVerifier;
import dev.hutong.registry.tlog.SignedCheckpoint;
import dev.hutong.registry.web.WebClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessIT {
    private static final SignatureProviders PROVIDERS = SignatureProviders.choose();
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final String ORIGIN = "log.example/registry";
    private static final PrivateJwk LOG_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 1);
    private static final PrivateJwk WITNESS_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 2);
    private static final NoteSigner LOG = new NoteSigner(ORIGIN, LOG_KEY, PROVIDERS);
    private static final MerkleTree TREE = tree("a", 9);
    private static final MerkleTree FORK = tree("b", 9);

    @TempDir
    private Path folder;

    private final WebClient web = new WebClient(Duration.ofSeconds(5));
    private WitnessRecords records;
    private Witness witness;

    @BeforeEach
    void open() {
        records = opened();
        witness = new Witness(
                new Cosigner("witness.example/w1", WITNESS_KEY, PROVIDERS),
                List.of(new NoteVerifier(LOG.key(), PROVIDERS)),
                records,
                () -> NOW);
    }

    @AfterEach
    void close() throws IOException {
        records.close();
        web.close();
    }

    private WitnessRecords opened() {
        return ((WitnessRecords.Opened) WitnessRecords.open(folder)).records();
    }

    private static MerkleTree tree(String prefix, int size) {
        return MerkleTree.empty()
                .appendAll(IntStream.range(0, size)
                        .mapToObj(i -> TreeHash.ofLeaf((prefix + i).getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }

    private static SignedCheckpoint checkpoint(MerkleTree tree, long size, NoteSigner by) {
        return SignedCheckpoint.sign(new CheckpointText(by.key().name(), tree.checkpointAt(size)), by);
    }

    private static byte[] request(MerkleTree tree, long from, long to) {
        return new AddCheckpointRequest(from, tree.consistencyProof(from, to), checkpoint(tree, to, LOG)).octets();
    }

    @Test
    void growthIsCosignedAndKept() throws IOException {
        assertThat(witness.add(request(TREE, 0, 3))).isInstanceOfSatisfying(Witness.Cosigned.class, cosigned -> {
            NoteVerifier verifier = new NoteVerifier(witness.key(), PROVIDERS);
            SignedCheckpoint whole = checkpoint(TREE, 3, LOG).with(cosigned.signatures());
            assertThat(verifier.cosignedAt(whole.note())).hasValue(NOW);
        });
        assertThat(witness.add(request(TREE, 3, 7))).isInstanceOf(Witness.Cosigned.class);
        records.close();
        open();
        assertThat(witness.add(request(TREE, 3, 7))).isEqualTo(new Witness.OtherSize(7));
        assertThat(witness.add(request(TREE, 7, 9))).isInstanceOf(Witness.Cosigned.class);
    }

    @Test
    void theSameCheckpointIsCosignedAgain() {
        witness.add(request(TREE, 0, 3));
        assertThat(witness.add(request(TREE, 3, 3))).isInstanceOf(Witness.Cosigned.class);
    }

    @Test
    void aForkIsNeverCosigned() {
        witness.add(request(TREE, 0, 5));
        assertThat(witness.add(request(FORK, 5, 9))).isInstanceOf(Witness.NotConsistent.class);
        assertThat(witness.add(request(FORK, 5, 5))).isInstanceOf(Witness.NotConsistent.class);
        assertThat(witness.add(request(FORK, 0, 9))).isEqualTo(new Witness.OtherSize(5));
        assertThat(witness.add(request(TREE, 5, 9))).isInstanceOf(Witness.Cosigned.class);
    }

    @Test
    void aRollbackIsNeverCosigned() {
        witness.add(request(TREE, 0, 5));
        assertThat(witness.add(request(TREE, 3, 4))).isEqualTo(new Witness.OtherSize(5));
        assertThat(witness.add(request(TREE, 0, 3))).isEqualTo(new Witness.OtherSize(5));
    }

    @Test
    void onlyKnownLogsUnderTheirKeysAreWitnessed() {
        NoteSigner stranger = new NoteSigner("other.example", LOG_KEY, PROVIDERS);
        NoteSigner impostor = new NoteSigner(ORIGIN, WITNESS_KEY, PROVIDERS);
        assertThat(witness.add(new AddCheckpointRequest(0, List.of(), checkpoint(TREE, 3, stranger)).octets()))
                .isEqualTo(new Witness.UnknownLog("other.example"));
        assertThat(witness.add(new AddCheckpointRequest(0, List.of(), checkpoint(TREE, 3, impostor)).octets()))
                .isEqualTo(new Witness.NotSigned(ORIGIN));
        assertThat(witness.add(new byte[] {1, 2})).isInstanceOf(Witness.Malformed.class);
    }

    @Test
    void whatCannotBeKeptIsNotCosigned() throws IOException {
        Files.delete(folder.resolve("witness.lock"));
        Files.delete(folder);
        assertThat(witness.add(request(TREE, 0, 3))).isInstanceOf(Witness.NotKept.class);
        Files.createDirectory(folder);
        assertThat(witness.add(request(TREE, 0, 4))).isInstanceOf(Witness.Cosigned.class);
    }

    @Test
    void aFolderIsOneWitnesssAndADamagedOneIsNobodys() throws IOException {
        assertThat(WitnessRecords.open(folder)).isInstanceOf(WitnessRecords.NotUsable.class);
        witness.add(request(TREE, 0, 3));
        records.close();
        Path kept;
        try (var files = Files.newDirectoryStream(folder, "*.checkpoint")) {
            kept = files.iterator().next();
        }
        byte[] good = Files.readAllBytes(kept);
        Files.write(kept, new byte[0]);
        assertThat(WitnessRecords.open(folder))
                .isInstanceOfSatisfying(
                        WitnessRecords.NotUsable.class,
                        unusable -> assertThat(unusable.why()).contains("damaged", "another key"));
        Files.write(kept, good);
        records = opened();
    }

    @Test
    void overHttpEachRefusalHasItsStatus() throws Exception {
        try (WitnessServer server = WitnessServer.start(witness, 0)) {
            URI add = server.url().resolve("/add-checkpoint");
            assertThat(post(add, request(TREE, 0, 5)).status()).isEqualTo(200);
            WebClient.Answered conflict = post(add, request(TREE, 0, 5));
            assertThat(conflict.status()).isEqualTo(409);
            assertThat(conflict.mediaType()).isEqualTo("text/x.tlog.size");
            assertThat(new String(conflict.body(), StandardCharsets.UTF_8)).isEqualTo("5\n");
            assertThat(post(add, request(FORK, 5, 9)).status()).isEqualTo(422);
            assertThat(post(add, new byte[] {1}).status()).isEqualTo(400);
            assertThat(post(add, new byte[40_000]).status()).isEqualTo(413);
            assertThat(post(server.url().resolve("/x"), new byte[0]).status()).isEqualTo(404);
            assertThat(((WebClient.Answered) web.get(add, 1_000)).status()).isEqualTo(405);
        }
    }

    private WebClient.Answered post(URI address, byte[] body) throws InterruptedException {
        return (WebClient.Answered) web.post(address, body, 1_000);
    }

    @Test
    void theClientCatchesUpAndChecksWhatItIsGiven() throws Exception {
        witness.add(request(TREE, 0, 5));
        try (WitnessServer server = WitnessServer.start(witness, 0)) {
            WitnessClient client = client(server.url(), WITNESS_KEY);
            assertThat(client.ask(checkpoint(TREE, 9, LOG), TREE, 0)).isInstanceOf(WitnessClient.Cosigned.class);
            assertThat(why(client.ask(checkpoint(FORK, 9, LOG), FORK, 9))).contains("another history");
            assertThat(why(client.ask(checkpoint(TREE, 4, LOG), TREE, 4))).contains("9 entries");
            assertThat(why(client(server.url(), LOG_KEY).ask(checkpoint(TREE, 9, LOG), TREE, 9)))
                    .contains("no good signature");
        }
        assertThat(client(URI.create("http://127.0.0.1:1"), WITNESS_KEY).ask(checkpoint(TREE, 9, LOG), TREE, 9))
                .isInstanceOf(WitnessClient.NotCosigned.class);
    }

    private WitnessClient client(URI url, PrivateJwk key) {
        return new WitnessClient(
                new NoteVerifier(new Cosigner("witness.example/w1", key, PROVIDERS).key(), PROVIDERS), url, web);
    }

    private static String why(WitnessClient.Outcome outcome) {
        return ((WitnessClient.NotCosigned) outcome).why();
    }
}
