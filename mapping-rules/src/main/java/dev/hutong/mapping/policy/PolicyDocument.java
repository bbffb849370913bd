package dev.hutong.mapping.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it is written in its YAML file. What each member means to its author stands in {@code docs/policies.md}; this is its shape.
 * Unknown members are refused.
 */
record PolicyDocument(
        @JsonProperty(required = true) String policy,
        @JsonProperty(required = true) String version,
        @JsonProperty(required = true) Bilingual title,
        @Nullable List<String> destinations,
        @Nullable ClearingRange clearedBy,
        @Nullable List<DemandDocument> demands) {

    /** A demand; exactly one of its kinds is given. */
    record DemandDocument(
            @JsonProperty(required = true) String id,
            @JsonProperty(required = true) Bilingual text,
            @JsonProperty(required = true) Bilingual remedy,
            @Nullable Set<Qualifier> refuse,
            @Nullable GreenOnly greenOnly,
            @Nullable NegativePcr negativePcr,
            @Nullable JudgeAs judgeAs,
            @Nullable NoMark noMark) {

        Demand demand() {
            List<Requirement> given = Stream.of(
                            refuse == null ? null : new Requirement.Refuse(refuse),
                            greenOnly == null ? null : greenOnly.requirement(),
                            negativePcr == null ? null : negativePcr.requirement(),
                            judgeAs == null ? null : judgeAs.requirement(),
                            noMark == null ? null : noMark.requirement())
                    .<Requirement>mapMulti((one, next) -> {
                        if (one != null) {
                            next.accept(one);
                        }
                    })
                    .toList();
            if (given.size() != 1) {
                throw new IllegalArgumentException("demands." + id
                        + ": exactly one of «refuse», «greenOnly», «negativePcr», «judgeAs» and «noMark»");
            }
            return new Demand(id, text, remedy, given.getFirst());
        }
    }

    record GreenOnly(@Nullable Set<Qualifier> beside) {
        Requirement requirement() {
            return new Requirement.GreenOnly(Objects.requireNonNullElse(beside, Set.of()));
        }
    }

    record NegativePcr(@JsonProperty(required = true) int withinHours) {
        Requirement requirement() {
            return new Requirement.NegativePcr(Duration.ofHours(withinHours));
        }
    }

    record JudgeAs(
            @JsonProperty(required = true) List<String> of,
            @JsonProperty(required = true) Risk from,
            @JsonProperty(required = true) Risk as) {
        Requirement requirement() {
            return new Requirement.JudgeAs(of.stream().map(Asserter::new).toList(), from, as);
        }
    }

    record NoMark(
            @JsonProperty(required = true) String evidence,
            @JsonProperty(required = true) String mark,
            @JsonProperty(required = true) int withinDays) {
        Requirement requirement() {
            return new Requirement.NoMark(evidence, mark, Duration.ofDays(withinDays));
        }
    }
}
