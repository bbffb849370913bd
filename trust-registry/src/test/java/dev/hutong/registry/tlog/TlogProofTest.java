package dev.hutong.registry.tlog;

import static dev.hutong.registry.tlog.TlogFixtures.LOG;
import static dev.hutong.registry.tlog.TlogFixtures.WITNESS;
import static dev.hutong.registry.tlog.TlogFixtures.key;
import static dev.hutong.registry.tlog.TlogFixtures.leaf;
import static dev.hutong.registry.tlog.TlogFixtures.signed;
import static dev.hutong.registry.tlog.TlogFixtures.tree;
import static dev.hutong.registry.tlog.TlogFixtures.utf8;
import static dev.hutong.registry.tlog.TlogFixtures.valid;
import static dev.hutong.registry.tlog.TlogFixtures.verifier;
import static dev.hutong.registry.tlog.TlogFixtures.withOctetChanged;
import static dev.hutong.registry.tlog.TlogFixtures.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.merkle.MerkleTree;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlogProofTest {
    private static final LogPolicy POLICY = new LogPolicy(verifier(LOG.key()), List.of(verifier(WITNESS.key())), 1);

    private static final String CHECKPOINT = SignedCheckpointTest.SOFA;
    private static final String HASH = "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=";

    /** The example of C2SP tlog-proof up to its checkpoint, whose signatures are elided there. */
    @Test
    void theExampleOfTheSpecificationIsReadAndWrittenAsItStands() {
        String text = "c2sp.org/tlog-proof@v1\n"
                + "extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ\n"
                + "index 73894\n"
                + "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n"
                + "B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n"
                + "EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=\n"
                + "RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=\n"
                + "AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=\n\n" + CHECKPOINT;
        TlogProof proof = valid(TlogProof.parse(utf8(text)));
        assertThat(proof.index()).isEqualTo(73_894);
        assertThat(proof.path()).hasSize(5);
        assertThat(proof.extra()).hasValue("YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ");
        assertThat(proof).hasToString(text);
        assertThat(proof.octets()).isEqualTo(utf8(text));
    }

    @Property(tries = 100)
    void everyLeafIsProvenAndNoOther(
            @ForAll @IntRange(min = 1, max = 600) int size, @ForAll @IntRange(max = 599) int number) {
        int index = number % size;
        TlogProof proof = proof(index, size);
        TlogProof read = valid(TlogProof.parse(proof.octets()));
        assertThat(read).isEqualTo(proof);
        assertThat(read.faultIn(leaf(index), POLICY)).isEmpty();
        assertThat(read.faultIn(leaf(index + 1), POLICY))
                .hasValueSatisfying(fault -> assertThat(fault).contains("does not lead"));
    }

    @Property(tries = 500)
    void aProofWithAnOctetChangedOrLostNeverVerifies(@ForAll int at, @ForAll int mask) {
        byte[] proof = proof(4, 11).octets();
        for (byte[] mutated : List.of(withOctetChanged(proof, at, mask), without(proof, at))) {
            boolean believed = TlogProof.parse(mutated)
                    .asOptional()
                    .filter(read -> read.faultIn(leaf(4), POLICY).isEmpty())
                    .isPresent();
            assertThat(believed).isFalse();
        }
    }

    @Test
    void extraDataChangeNothingAboutTheProof() {
        TlogProof plain = proof(2, 5);
        TlogProof withExtra = new TlogProof(Optional.of("AAE="), 2, plain.path(), plain.checkpoint());
        assertThat(valid(TlogProof.parse(withExtra.octets()))).isEqualTo(withExtra);
        assertThat(withExtra.faultIn(leaf(2), POLICY)).isEmpty();
    }

    @Test
    void aProofOfALogThatOnesPolicyDoesNotKnowProvesNothing() {
        LogPolicy stranger = LogPolicy.withoutWitnesses(
                verifier(new NoteKey(LOG.key().name(), NoteKey.Type.ED25519, key(99).publicJwk())));
        assertThat(proof(2, 5).faultIn(leaf(2), stranger)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                // transparency-dev/formats, proof/tlog_proof_test.go, TestUnmarshalErrors
                "wrong-header\nindex 0\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\n\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nindex notanumber\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nindex -5\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n" + CHECKPOINT,
                // and more
                "c2sp.org/tlog-proof@v1\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nindex 0\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nindex 00\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nindex  0\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nextra AAE=\nextra AAE=\nindex 0\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nextra AAE=\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nindex 0\nextra AAE=\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v2\nindex 0\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nindex 0\n\n\n" + CHECKPOINT,
                "c2sp.org/tlog-proof@v1\nindex 0\n\n" + CHECKPOINT + "\n",
                "c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\n" + CHECKPOINT
            })
    void whatIsNoProofIsRefusedWithAReason(String text) {
        assertThat(TlogProof.parse(utf8(text)).asOptional()).isEmpty();
        assertThat(TlogProof.parse(utf8(text)).fault().orElseThrow()).isNotBlank();
    }

    @Test
    void aProofHasNoMoreHashesThanAnyTree() {
        String text = "c2sp.org/tlog-proof@v1\nindex 0\n";
        assertThat(TlogProof.parse(utf8(text + (HASH + "\n").repeat(63) + "\n" + CHECKPOINT))
                        .asOptional())
                .isPresent();
        assertThat(TlogProof.parse(utf8(text + (HASH + "\n").repeat(64) + "\n" + CHECKPOINT))
                        .fault())
                .isPresent();
    }

    @Test
    void whatCannotBeReadCannotBeMade() {
        SignedCheckpoint checkpoint = signed(tree(5));
        assertThatThrownBy(() -> new TlogProof(Optional.empty(), -1, List.of(), checkpoint))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TlogProof(Optional.of(""), 0, List.of(), checkpoint))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TlogProof(Optional.of("AAF="), 0, List.of(), checkpoint))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TlogProof(Optional.empty(), 0, Collections.nCopies(64, leaf(0)), checkpoint))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TlogProof proof(int index, int size) {
        MerkleTree tree = tree(size);
        return new TlogProof(Optional.empty(), index, tree.inclusionProof(index, size), signed(tree));
    }
}
