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
 * @param codes how far each code came, in the order asked
 * @param destination the region asked for, or null
 * @param observedTemperature the verifier's own reading as it gave it, or null
 * @param policy the policy that judges there, {@code name@version}, or null where the destination is no region
 * @param decidedAt the instant of the decision
 * @param checkpoint the registry it rests on
 * @param statements what it rests on; none where no statement was reached
 * @param words for people
 * @param trace one line for each step that ran; none where whoever asked is not shown them
 */
public record Decision(
        String id,
        Verdict verdict,
        List<CodeOutcome> codes,
        @Nullable String destination,
        @Nullable String observedTemperature,
        @Nullable String policy,
        Instant decidedAt,
        Checkpoint checkpoint,
        List<Statement> statements,
        Words words,
        List<TraceLine> trace) {
    /**
     * A decision for people.
     *
     * @param explanation what it is and what it rests on
     * @param remedy what the holder can do next, or null where nothing is to be done
     * @param appeal to whom the holder can turn, or null where no issuer's assertion stands against them
     */
    public record Words(
            Bilingual explanation,
            @Nullable Bilingual remedy,
            @Nullable Appeal appeal) {}

    public Decision {
        codes = List.copyOf(codes);
        statements = List.copyOf(statements);
        trace = List.copyOf(trace);
    }

    /** Whether it is about several codes of one person. */
    public boolean isAboutSeveral() {
        return codes.size() > 1;
    }

    /** The format that claimed the code; null where none did, or where there are several codes. */
    public @Nullable FormatId format() {
        return isAboutSeveral() ? null : codes.getFirst().format();
    }

    /** Whose signature was verified; null where none was, or where there are several codes. */
    public @Nullable IssuerName issuer() {
        return isAboutSeveral() ? null : codes.getFirst().issuer();
    }

    public Bilingual explanation() {
        return words.explanation();
    }
}
