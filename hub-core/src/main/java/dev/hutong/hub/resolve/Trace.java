package dev.hutong.hub.resolve;

import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows one code on its way: a line for each step that ran, and what is known of the code however far it came. */
final class Trace {
    private final List<TraceLine> lines = new ArrayList<>(6);
    private boolean refused;
    private @Nullable FormatId format;
    private @Nullable IssuerName issuer;

    /** Adds the line of a step, unless an earlier one has refused already, and hands its outcome on. */
    <T> Outcome<T> step(String name, Outcome<T> outcome, Function<T, String> note) {
        if (refused) {
            return outcome;
        }
        switch (outcome) {
            case Outcome.Passed<T>(T value) -> lines.add(new TraceLine(name, "passed", note.apply(value)));
            case Outcome.Refused<T> refusal -> {
                refused = true;
                lines.add(new TraceLine(name, refusal.reason().name(), refusal.why()));
                if (refusal.signedBy() != null) {
                    issuer = refusal.signedBy();
                }
            }
        }
        return outcome;
    }

    void isOf(FormatId claimedBy) {
        format = claimedBy;
    }

    void isSignedBy(IssuerName verified) {
        issuer = verified;
    }

    @Nullable
    FormatId format() {
        return format;
    }

    @Nullable
    IssuerName issuer() {
        return issuer;
    }

    List<TraceLine> lines() {
        return lines;
    }
}
