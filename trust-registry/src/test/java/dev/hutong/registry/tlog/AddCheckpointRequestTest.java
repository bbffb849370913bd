package dev.hutong.registry.tlog;

import static dev.hutong.registry.tlog.TlogFixtures.leaf;
import static dev.hutong.registry.tlog.TlogFixtures.signed;
import static dev.hutong.registry.tlog.TlogFixtures.tree;
import static dev.hutong.registry.tlog.TlogFixtures.utf8;
import static dev.hutong.registry.tlog.TlogFixtures.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.merkle.MerkleProofs;
import dev.hutong.registry.merkle.MerkleTree;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddCheckpointRequestTest {
    private static final String HASH = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=";

    private static final String CHECKPOINT =
            "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
                    + "— example.com/behind-the-sofa"
                    + " Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
                    + "— example.com/behind-the-sofa"
                    + " opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=\n";

    /** The example of C2SP tlog-witness, "add-checkpoint"; no key is published with it. */
    private static final String EXAMPLE = "old 20852014\n"
            + HASH + "\n"
            + "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
            + "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n"
            + "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\n"
            + CHECKPOINT;

    @Test
    void theExampleOfTheSpecificationIsReadAndWrittenAsItStands() {
        AddCheckpointRequest request = valid(AddCheckpointRequest.parse(utf8(EXAMPLE)));
        assertThat(request.oldSize()).isEqualTo(20_852_014);
        assertThat(request.proof()).hasSize(4);
        assertThat(request.checkpoint().signatures()).hasSize(2);
        assertThat(request.octets()).isEqualTo(utf8(EXAMPLE));
    }

    /** The example of C2SP tlog-witness, what a witness answers. */
    @Test
    void theAnswerOfAWitnessIsSignatureLines() {
        List<NoteSignature> answer = valid(NoteSignature.parseLines(utf8(
                "— witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2Hg"
                        + "LatVs0pWh6Up69HVOw==\n"
                        + "— witness.example/w1 I7rEps0pvK2UqkS2gSpVUDhrhVtQV9lgF6pRrWAvjJHjyWpW7VcE3SiOlVlbQNt64vWhO+DlkL0+UfzuOBMh9"
                        + "ChdMkP1vi/lCAsmlw==\n"
                        + "— witness.example/w2 AWui8Sk55XjYLOijihBjhqEH6nS1ndDymE0a+6idX7pLcnoB+dhnz0854aLZgrrKbYKA7nC3HNJhm/kWl7oJl"
                        + "qU3rXXvpysAdyP3wQ==\n")));
        assertThat(answer)
                .extracting(NoteSignature::name)
                .containsExactly("witness.example/w1", "witness.example/w1", "witness.example/w2");
    }

    @Property(tries = 100)
    void aRequestIsReadAsWhatItWasWrittenFromAndItsProofHolds(
            @ForAll @IntRange(max = 600) int one, @ForAll @IntRange(max = 600) int another) {
        int from = Math.min(one, another);
        MerkleTree tree = tree(Math.max(one, another));
        AddCheckpointRequest request =
                new AddCheckpointRequest(from, tree.consistencyProof(from, tree.size()), signed(tree));
        AddCheckpointRequest read = valid(AddCheckpointRequest.parse(request.octets()));
        assertThat(read).isEqualTo(request);
        assertThat(MerkleProofs.verifyConsistency(
                        tree.checkpointAt(from), read.checkpoint().checkpoint(), read.proof()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "old 0\n",
                "\n\n" + CHECKPOINT,
                "old\n\n" + CHECKPOINT,
                "old \n\n" + CHECKPOINT,
                "old 01\n\n" + CHECKPOINT,
                "old -1\n\n" + CHECKPOINT,
                "Old 1\n\n" + CHECKPOINT,
                "old 1\n" + CHECKPOINT,
                "old 1\n" + HASH + CHECKPOINT,
                "old 1\n" + HASH + " \n\n" + CHECKPOINT,
                "old 1\n\n" + HASH + "\n\n" + CHECKPOINT,
                "old 20852164\n\n" + CHECKPOINT,
                "old 1\n\n" + CHECKPOINT + "\n"
            })
    void whatIsNoRequestIsRefusedWithAReason(String text) {
        assertThat(AddCheckpointRequest.parse(utf8(text)).asOptional()).isEmpty();
        assertThat(AddCheckpointRequest.parse(utf8(text)).fault().orElseThrow()).isNotBlank();
    }

    @Test
    void sixtyThreeHashesAreReadAndNoMore() {
        assertThat(AddCheckpointRequest.parse(utf8("old 1\n" + (HASH + "\n").repeat(63) + "\n" + CHECKPOINT))
                        .asOptional())
                .isPresent();
        assertThat(AddCheckpointRequest.parse(utf8("old 1\n" + (HASH + "\n").repeat(64) + "\n" + CHECKPOINT))
                        .fault())
                .isPresent();
    }

    @Property(tries = 500)
    void arbitraryOctetsAreReadWithoutAnException(@ForAll byte[] octets) {
        assertThat(AddCheckpointRequest.parse(octets).fault()).isPresent();
        assertThat(TlogProof.parse(octets).fault()).isPresent();
        assertThat(SignedCheckpoint.parse(octets).fault()).isPresent();
    }

    @Test
    void whatCannotBeReadCannotBeMade() {
        SignedCheckpoint checkpoint = signed(tree(5));
        assertThatThrownBy(() -> new AddCheckpointRequest(6, List.of(), checkpoint))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AddCheckpointRequest(-1, List.of(), checkpoint))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AddCheckpointRequest(1, Collections.nCopies(64, leaf(0)), checkpoint))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
