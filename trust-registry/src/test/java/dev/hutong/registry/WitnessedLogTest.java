package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.LOG_KEY;
import static dev.hutong.registry.FoundedRegistry.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.monitor.Finding;
import dev.hutong.registry.monitor.LogVerification;
import dev.hutong.registry.monitor.LogVerification.Expectation;
import dev.hutong.registry.monitor.Verdict;
import dev.hutong.registry.monitor.Verdict.Cosigned;
import dev.hutong.registry.tlog.CheckpointText;
import dev.hutong.registry.tlog.Cosigner;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.NoteSignature;
import dev.hutong.registry.tlog.SignedCheckpoint;
import dev.hutong.registry.tlog.WitnessQuorum;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Somebody who trusts three witnesses, and wants two of them to have seen what they are shown. */
class WitnessedLogTest {
    private static final Instant SEEN_AT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Cosigner FIRST = witness("w1", 81);
    private static final Cosigner SECOND = witness("w2", 82);
    private static final Cosigner THIRD = witness("w3", 83);
    private static final Cosigner STRANGER = witness("w4", 84);

    private final ShownLog shown = ShownLog.of(FoundedRegistry.withIssuer().log);
    private final CheckpointText text = shown.checkpoint().text();

    private static Cosigner witness(String name, long seed) {
        return new Cosigner(name, Keys.generated(SignatureAlgorithm.EDDSA, seed), Fixtures.PROVIDERS);
    }

    private Verdict verdict(Optional<NoteKey> logKey, NoteSignature... cosignatures) throws InterruptedException {
        SignedCheckpoint checkpoint = shown.checkpoint().with(List.of(cosignatures));
        WitnessQuorum quorum = new WitnessQuorum(
                Stream.of(FIRST, SECOND, THIRD).map(Cosigner::key).toList(), 2);
        return LogVerification.verify(
                shown.forging("checkpoint", checkpoint.octets()),
                new Expectation(logKey, quorum, Optional.empty(), false),
                Fixtures.PROVIDERS);
    }

    private void assertFault(String fault, NoteSignature... cosignatures) throws InterruptedException {
        for (Optional<NoteKey> logKey :
                List.of(Optional.<NoteKey>empty(), Optional.of(NoteKey.ofLog(ORIGIN, LOG_KEY.publicJwk())))) {
            Verdict verdict = verdict(logKey, cosignatures);
            assertThat(verdict).isInstanceOf(Verdict.Faulty.class);
            assertThat(((Verdict.Faulty) verdict).findings())
                    .extracting(Finding::toString)
                    .singleElement()
                    .asString()
                    .contains(fault);
        }
    }

    @Test
    void aCheckpointThatAQuorumCosignedIsBelievedAndItsCosignersAreNamed() throws Exception {
        Verdict verdict =
                verdict(Optional.empty(), THIRD.cosign(text, SEEN_AT.plusSeconds(1)), FIRST.cosign(text, SEEN_AT));

        assertThat(verdict).isInstanceOf(Verdict.Verified.class);
        assertThat(((Verdict.Verified) verdict).summary().cosigned())
                .containsExactly(new Cosigned(FIRST.key(), SEEN_AT), new Cosigned(THIRD.key(), SEEN_AT.plusSeconds(1)));
    }

    @Test
    void oneThatTooFewCosignedIsFoundWhoeverElseDid() throws Exception {
        assertFault("0 have cosigned the checkpoint, and 2 must");
        assertFault(
                "1 have cosigned the checkpoint, and 2 must",
                FIRST.cosign(text, SEEN_AT),
                STRANGER.cosign(text, SEEN_AT));
    }

    @Test
    void aCosignatureOfAnotherCheckpointIsFoundBesideAQuorum() throws Exception {
        CheckpointText other = new CheckpointText("other.example", text.checkpoint());

        assertFault(
                "a signature that the witness " + SECOND.key() + " did not make",
                FIRST.cosign(text, SEEN_AT),
                THIRD.cosign(text, SEEN_AT),
                SECOND.cosign(other, SEEN_AT));
    }
}
