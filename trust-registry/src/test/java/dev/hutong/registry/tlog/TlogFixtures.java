package dev.hutong.registry.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.merkle.TreeHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The log, the witnesses and the shorthands that the tests of the texts share. */
final class TlogFixtures {
    static final SignatureProviders PROVIDERS = SignatureProviders.choose();
    static final String ORIGIN = "hub.example/log";
    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    static final NoteSigner LOG = new NoteSigner(ORIGIN, key(1), PROVIDERS);
    static final Cosigner WITNESS = new Cosigner("witness.example/w1", key(2), PROVIDERS);
    static final Cosigner OTHER_WITNESS = new Cosigner("witness.example/w2", key(3), PROVIDERS);

    private TlogFixtures() {}

    static PrivateJwk key(long seed) {
        return Keys.generated(SignatureAlgorithm.EDDSA, seed);
    }

    static NoteVerifier verifier(NoteKey key) {
        return new NoteVerifier(key, PROVIDERS);
    }

    static NoteVerifier verifier(String vkey) {
        return verifier(valid(NoteKey.parse(vkey)));
    }

    static TreeHash leaf(int number) {
        return TreeHash.ofLeaf(utf8("leaf " + number));
    }

    static MerkleTree tree(int size) {
        return MerkleTree.empty()
                .appendAll(IntStream.range(0, size).mapToObj(TlogFixtures::leaf).toList());
    }

    static CheckpointText text(MerkleTree tree) {
        return new CheckpointText(ORIGIN, tree.checkpoint());
    }

    /** Signed by the log and cosigned by one witness. */
    static SignedCheckpoint signed(MerkleTree tree) {
        CheckpointText text = text(tree);
        return SignedCheckpoint.sign(text, LOG).with(List.of(WITNESS.cosign(text, NOW)));
    }

    static <T> T valid(Parsed<T> parsed) {
        assertThat(parsed.fault()).isEmpty();
        return parsed.asOptional().orElseThrow();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] withOctetChanged(byte[] octets, int at, int mask) {
        byte[] changed = octets.clone();
        changed[Math.floorMod(at, octets.length)] ^= (byte) (1 + Math.floorMod(mask, 255));
        return changed;
    }

    static byte[] without(byte[] octets, int at) {
        byte[] shorter = Arrays.copyOf(octets, octets.length - 1);
        int gap = Math.floorMod(at, octets.length);
        System.arraycopy(octets, gap + 1, shorter, gap, shorter.length - gap);
        return shorter;
    }
}
