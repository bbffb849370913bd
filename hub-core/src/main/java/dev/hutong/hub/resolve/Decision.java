package dev.hutong.hub.resolve;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.policy.Verdict;
import dev.hutong.registry.merkle.Checkpoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hub concludes for one verifier, at one time.
 *
 * @param id a ULID: unique, and in the order of time
 * @param verdict the risk, or why it is UNKNOWN
 * @param format the format that claimed the code, or null where none did
 * @param issuer whose signature was verified, or null where none was
 * @param destination the region asked for, or null
 * @param policy the policy that judges there, {@code name@version}, or null where the destination is no region
 * @param decidedAt the instant of the decision
 * @param checkpoint the registry it rests on
 * @param statements what it rests on; none where no statement was reached
 * @param explanation for people
 * @param trace one line for each step that ran
 */
public record Decision(
        String id,
        Verdict verdict,
        @Nullable FormatId format,
        @Nullable IssuerName issuer,
        @Nullable String destination,
        @Nullable String policy,
        Instant decidedAt,
        Checkpoint checkpoint,
        List<Statement> statements,
        Bilingual explanation,
        List<TraceLine> trace) {
    public Decision {
        statements = List.copyOf(statements);
        trace = List.copyOf(trace);
    }
}
