package dev.hutong.mapping.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A policy's examples as they are written in {@code NAME.examples.yaml}: statements, and what the policy makes of them.
 *
 * @param now when examples are judged that say nothing else
 * @param examples at least one
 */
public record PolicyExamples(
        @JsonProperty(required = true) String now,
        @JsonProperty(required = true) List<Example> examples) {

    /**
     * One of them.
     *
     * @param now when it is judged, or null
     * @param observed the verifier's own reading, or null
     * @param refused why further codes came to no statement
     */
    public record Example(
            @JsonProperty(required = true) String name,
            @Nullable String now,
            @Nullable String observed,
            @Nullable List<Reason> refused,
            @JsonProperty(required = true) List<ExampleStatement> statements,
            @JsonProperty(required = true) Gives gives) {}

    /**
     * What the policy makes of it.
     *
     * @param unmet the ids of the demands that are not met; none where left out
     * @param contradicted whether the statements contradict each other; false where left out
     * @param qualifiers compared where given
     * @param validUntil compared where given
     */
    public record Gives(
            @JsonProperty(required = true) Risk risk,
            @Nullable Reason reason,
            @Nullable List<String> unmet,
            boolean contradicted,
            @Nullable Set<Qualifier> qualifiers,
            @Nullable String validUntil) {}

    /**
     * Reads a policy's examples.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException where they are not of this shape
     * @throws IOException where they cannot be read
     */
    public static PolicyExamples read(Path file) throws IOException {
        return Yaml.read(file, PolicyExamples.class);
    }

    /** What of an example the policy does not give, in a line for each; none where all is as the example says. */
    public List<String> differences(Example example, Policy policy) {
        Verdict verdict = judge(example, policy);
        Gives gives = example.gives;
        List<String> found = new ArrayList<>();
        compare(found, "risk", gives.risk, verdict.risk());
        compare(found, "reason", gives.reason, verdict.reason());
        compare(found, "unmet", Objects.requireNonNullElse(gives.unmet, List.of()), ids(verdict.unmet()));
        compare(
                found,
                "contradicted",
                gives.contradicted,
                !verdict.contradictions().isEmpty());
        if (gives.qualifiers != null) {
            compare(found, "qualifiers", gives.qualifiers, verdict.qualifiers());
        }
        if (gives.validUntil != null) {
            compare(found, "validUntil", Instant.parse(gives.validUntil), verdict.validUntil());
        }
        return found;
    }

    /** All that is wrong between these and the policy: examples that it does not give, and demands that these do not try both ways. */
    public List<String> faults(Policy policy) {
        List<String> faults = new ArrayList<>();
        Set<Demand> unmet = new HashSet<>();
        Set<Demand> met = new HashSet<>();
        for (Example example : examples) {
            differences(example, policy).forEach(one -> faults.add(example.name + ": " + one));
            Verdict verdict = judge(example, policy);
            unmet.addAll(verdict.unmet());
            if (verdict.risk() == Risk.LOW) {
                met.addAll(policy.demands());
            }
        }
        untried(faults, policy, unmet::contains, "is met in every example");
        untried(faults, policy, met::contains, "stands in the way of every green in the examples");
        return faults;
    }

    private Verdict judge(Example example, Policy policy) {
        Instant at = Instant.parse(Objects.requireNonNullElse(example.now, now));
        List<Statement> statements =
                example.statements.stream().map(one -> one.at(at)).toList();
        List<Reason> refused = Objects.requireNonNullElse(example.refused, List.of());
        return policy.judge(new Presented(statements, refused, example.observed, at));
    }

    private static void untried(List<String> faults, Policy policy, Predicate<Demand> tried, String fault) {
        policy.demands().stream()
                .filter(tried.negate())
                .forEach(demand -> faults.add("demand " + demand.id() + " " + fault));
    }

    private static List<String> ids(List<Demand> demands) {
        return demands.stream().map(Demand::id).toList();
    }

    private static void compare(List<String> found, String what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            found.add(what + " is " + actual + ", not " + expected);
        }
    }
}
