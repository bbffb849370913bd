package dev.hutong.registry;

import dev.hutong.registry.proposal.Proposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A proposal as the registry now knows it.
 *
 * @param id the SHA-256 of the signed text in base64url
 * @param entry the log's entry that holds it, from 0
 * @param madeAt when the registry took it up
 * @param closes the first instant at which it can be approved no longer; of an unconfirmed revocation, by when it should be confirmed
 * @param signers the keys that signed it; none of them can approve it
 * @param approvals in their order
 * @param stage what became of it so far
 */
public record RegisteredProposal(
        String id,
        long entry,
        Instant madeAt,
        Instant closes,
        Proposal proposal,
        Set<KeyId> signers,
        List<Endorsement> approvals,
        Stage stage) {
    /** One operator's approval, and the log's entry that holds it. */
    public record Endorsement(KeyId operator, String name, Instant at, long entry) {}

    /** The stations of a proposal. */
    public enum Stage {
        /** Waits for approvals. */
        OPEN,
        /** Was not approved in time; nothing came of it. */
        LAPSED,
        /** A break-glass revocation: in force, and an alarm until a second operator confirms it. */
        UNCONFIRMED,
        /** In force. */
        IN_FORCE
    }

    public RegisteredProposal {
        signers = Set.copyOf(signers);
        approvals = List.copyOf(approvals);
    }

    /** What has become of it at this instant. */
    public Stage stageAt(Instant now) {
        return stage == Stage.OPEN && !now.isBefore(closes) ? Stage.LAPSED : stage;
    }

    /** What it changes by this entry: its own, where it breaks the glass; the last approval's, where it was approved. */
    Change change(Governance rules, Instant now, long byEntry) {
        List<Long> grounds = byEntry == entry
                ? List.of()
                : Stream.concat(
                                Stream.of(entry),
                                rules.counting(approvals).stream().map(Endorsement::entry))
                        .toList();
        return new Change(now, byEntry, grounds, "proposal " + id, proposal.reason());
    }

    RegisteredProposal inForceUnconfirmed(Instant confirmBy) {
        return new RegisteredProposal(id, entry, madeAt, confirmBy, proposal, signers, approvals, Stage.UNCONFIRMED);
    }

    RegisteredProposal approvedBy(Endorsement endorsement, Stage next) {
        List<Endorsement> more = new ArrayList<>(approvals);
        more.add(endorsement);
        return new RegisteredProposal(id, entry, madeAt, closes, proposal, signers, more, next);
    }
}
