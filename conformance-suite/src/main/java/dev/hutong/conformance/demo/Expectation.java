package dev.hutong.conformance.demo;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a decision should be.
 *
 * @param reason the reason of an UNKNOWN; every UNKNOWN has one, nothing else has
 * @param qualifiers exactly these, in any order; none where absent; {@code [any]} is not compared
 * @param nativeStates the native state of every statement, in their order; not compared where absent
 */
public record Expectation(
        String risk,
        @Nullable String reason,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable
        List<String> qualifiers,

        @JsonProperty("native") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable
        List<String> nativeStates) {
    private static final Set<String> RISKS = Set.of("LOW", "MEDIUM", "HIGH", "UNKNOWN");

    public Expectation {
        if (!RISKS.contains(Objects.requireNonNull(risk, "risk"))) {
            throw new IllegalArgumentException("no such risk: " + risk);
        }
        if (risk.equals("UNKNOWN") != (reason != null)) {
            throw new IllegalArgumentException("a reason goes with UNKNOWN and with nothing else");
        }
        qualifiers = qualifiers == null ? List.of() : List.copyOf(qualifiers);
    }

    /** Each difference in a few words; empty if the decision is what it should be. */
    List<String> mismatches(HubDecision decision) {
        var found = new ArrayList<>(decision.contradictions());
        compare("risk", risk, decision.risk(), found);
        compare("reason", reason, decision.reason(), found);
        if (qualifiers != null && !qualifiers.equals(List.of("any"))) {
            compare("qualifiers", new TreeSet<>(qualifiers), new TreeSet<>(decision.qualifiers()), found);
        }
        if (nativeStates != null) {
            compare("native", nativeStates, decision.nativeStates(), found);
        }
        return List.copyOf(found);
    }

    private static void compare(String what, @Nullable Object expected, @Nullable Object actual, List<String> found) {
        if (!Objects.equals(expected, actual)) {
            found.add(what + " should be " + expected + ", is " + actual);
        }
    }
}
