package dev.hutong.registry.tlog;

import static dev.hutong.registry.tlog.TlogFixtures.LOG;
import static dev.hutong.registry.tlog.TlogFixtures.NOW;
import static dev.hutong.registry.tlog.TlogFixtures.OTHER_WITNESS;
import static dev.hutong.registry.tlog.TlogFixtures.PROVIDERS;
import static dev.hutong.registry.tlog.TlogFixtures.WITNESS;
import static dev.hutong.registry.tlog.TlogFixtures.key;
import static dev.hutong.registry.tlog.TlogFixtures.signed;
import static dev.hutong.registry.tlog.TlogFixtures.text;
import static dev.hutong.registry.tlog.TlogFixtures.tree;
import static dev.hutong.registry.tlog.TlogFixtures.verifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogPolicyTest {
    private static final NoteVerifier LOG_VERIFIER = verifier(LOG.key());
    private static final List<NoteVerifier> WITNESSES = List.of(verifier(WITNESS.key()), verifier(OTHER_WITNESS.key()));

    @Test
    void aQuorumOfWitnessesIsEnough() {
        SignedCheckpoint oneWitness = signed(tree(5));
        assertThat(new LogPolicy(LOG_VERIFIER, WITNESSES, 1).faultIn(oneWitness))
                .isEmpty();
        assertThat(new LogPolicy(LOG_VERIFIER, WITNESSES, 2).faultIn(oneWitness))
                .hasValueSatisfying(
                        fault -> assertThat(fault).contains("1 have").contains("2 must"));
        SignedCheckpoint twoWitnesses = oneWitness.with(List.of(OTHER_WITNESS.cosign(oneWitness.text(), NOW)));
        assertThat(new LogPolicy(LOG_VERIFIER, WITNESSES, 2).faultIn(twoWitnesses))
                .isEmpty();
    }

    @Test
    void aWitnessThatSignsTwiceCountsOnce() {
        SignedCheckpoint once = signed(tree(5));
        SignedCheckpoint twice = once.with(List.of(WITNESS.cosign(once.text(), NOW.plusSeconds(1))));
        assertThat(new LogPolicy(LOG_VERIFIER, WITNESSES, 2).faultIn(twice)).isPresent();
    }

    @Test
    void witnessesAloneAreNotEnough() {
        CheckpointText text = text(tree(5));
        SignedCheckpoint unsigned = new SignedCheckpoint(text, List.of(WITNESS.cosign(text, NOW)));
        assertThat(new LogPolicy(LOG_VERIFIER, WITNESSES, 1).faultIn(unsigned))
                .hasValueSatisfying(fault -> assertThat(fault).contains("no good signature of the log"));
    }

    @Test
    void theKeyOfALogDoesNotSpeakForAnotherOrigin() {
        SignedCheckpoint other =
                SignedCheckpoint.sign(new CheckpointText("other.example/log", tree(5).checkpoint()), LOG);
        assertThat(LOG_VERIFIER.hasSigned(other.note())).isTrue();
        assertThat(LogPolicy.withoutWitnesses(LOG_VERIFIER).faultIn(other))
                .hasValueSatisfying(fault -> assertThat(fault).contains("other.example/log"));
    }

    @Test
    void aForgedCosignatureSpoilsTheCheckpointEvenBeyondTheQuorum() {
        SignedCheckpoint checkpoint = signed(tree(5));
        SignedCheckpoint forged = checkpoint.with(List.of(OTHER_WITNESS.cosign(text(tree(6)), NOW)));
        assertThat(new LogPolicy(LOG_VERIFIER, WITNESSES, 1).faultIn(forged))
                .hasValueSatisfying(fault -> assertThat(fault).contains("did not make"));
        assertThat(LogPolicy.withoutWitnesses(LOG_VERIFIER).faultIn(forged)).isEmpty();
    }

    @Test
    void aPolicyIsOneThatCanBeMet() {
        NoteVerifier renamed = verifier(new Cosigner("witness.example/again", key(2), PROVIDERS).key());
        assertThatThrownBy(() -> new LogPolicy(LOG_VERIFIER, List.of(WITNESSES.getFirst(), renamed), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LogPolicy(LOG_VERIFIER, WITNESSES, 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LogPolicy(LOG_VERIFIER, WITNESSES, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogPolicy.withoutWitnesses(WITNESSES.getFirst()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LogPolicy(LOG_VERIFIER, List.of(LOG_VERIFIER), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
