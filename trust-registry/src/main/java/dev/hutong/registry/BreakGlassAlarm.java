package dev.hutong.registry;

import dev.hutong.registry.RegisteredProposal.Stage;
import dev.hutong.registry.proposal.Action.RevokeKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A break-glass revocation that no second operator has confirmed yet. It is in force; that one person alone decided it is what the alarm is
 * about, and it does not end before somebody else says yes.
 *
 * @param proposal the proposal's id
 * @param revocation what was done
 * @param since when it took effect
 * @param confirmBy by when a second operator should have confirmed it
 * @param overdue whether that time is over
 */
public record BreakGlassAlarm(
        String proposal, RevokeKey revocation, Instant since, Instant confirmBy, boolean overdue) {
    /** Those of this snapshot, oldest first. */
    public static List<BreakGlassAlarm> in(RegistrySnapshot snapshot, Instant now) {
        return snapshot.proposals().stream()
                .flatMap(proposal -> of(proposal, now).stream())
                .toList();
    }

    /** The alarm about this proposal, if there is one. */
    public static Optional<BreakGlassAlarm> of(RegisteredProposal proposal, Instant now) {
        return proposal.stage() == Stage.UNCONFIRMED && proposal.proposal().action() instanceof RevokeKey revocation
                ? Optional.of(new BreakGlassAlarm(
                        proposal.id(),
                        revocation,
                        proposal.madeAt(),
                        proposal.closes(),
                        !now.isBefore(proposal.closes())))
                : Optional.empty();
    }

    /** The alarm in one line, with what to do. */
    public String text() {
        return "Key " + revocation.key() + " of " + revocation.issuer() + " was revoked at " + since
                + " by one operator alone; a second "
                + (overdue ? "should have confirmed it by " : "must confirm it by ") + confirmBy
                + ": look into it, and approve proposal " + proposal;
    }
}
