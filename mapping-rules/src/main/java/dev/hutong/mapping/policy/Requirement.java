package dev.hutong.mapping.policy;

import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A kind of demand. None makes a statement count for better than it was asserted, and each looks at one valid statement at a time. */
public sealed interface Requirement {

    /** As what a valid statement counts under this demand alone. Never better, and for no longer, than without. */
    Ruling rule(Effect effect, Presented presented);

    /** The kind's name, as a policy's author writes it. */
    String kind();

    /**
     * As what a statement counts.
     *
     * @param risk the same or a worse one
     * @param until the instant from which on the demand has to be looked at anew
     */
    record Ruling(Risk risk, Instant until) {
        static Ruling met(Effect effect) {
            return new Ruling(effect.risk(), effect.validUntil());
        }

        static Ruling unmet(Effect effect) {
            return new Ruling(Risk.MEDIUM, effect.validUntil());
        }

        private static Ruling metUnless(boolean unmet, Effect effect) {
            return unmet && effect.isGreen() ? unmet(effect) : met(effect);
        }
    }

    /** A green that one of these qualifiers accompanies is not enough. */
    record Refuse(Set<Qualifier> qualifiers) implements Requirement {
        public Refuse {
            qualifiers = Set.copyOf(qualifiers);
            requireSome("refuse", qualifiers.size());
        }

        @Override
        public Ruling rule(Effect effect, Presented presented) {
            return Ruling.metUnless(effect.qualifiers().stream().anyMatch(qualifiers::contains), effect);
        }

        @Override
        public String kind() {
            return "refuse";
        }
    }

    /** Only what its issuer itself calls green, without a qualifier but these; what the verifier's own reading cleared is no green. */
    record GreenOnly(Set<Qualifier> beside) implements Requirement {
        public GreenOnly {
            beside = Set.copyOf(beside);
        }

        @Override
        public Ruling rule(Effect effect, Presented presented) {
            return Ruling.metUnless(effect.cleared() || !beside.containsAll(effect.qualifiers()), effect);
        }

        @Override
        public String kind() {
            return "greenOnly";
        }
    }

    /**
     * A green carries a negative test itself, taken within this time. Another statement's test does not count for it: nothing ties two codes
     * to one person but the verifier's eye. A test without a time, or of the future, is none.
     */
    record NegativePcr(Duration within) implements Requirement {
        public NegativePcr {
            requirePositive("negativePcr", within);
        }

        @Override
        public Ruling rule(Effect effect, Presented presented) {
            if (!effect.isGreen()) {
                return Ruling.met(effect);
            }
            return effect.statement().evidence().stream()
                    .filter(Evidence::isNegativePcr)
                    .flatMap(test -> test.taken().stream())
                    .filter(taken -> !taken.isAfter(presented.now()))
                    .map(taken -> taken.plus(within))
                    .filter(presented.now()::isBefore)
                    .max(Instant::compareTo)
                    .map(lapses -> new Ruling(effect.risk(), lapses))
                    .orElseGet(() -> Ruling.unmet(effect));
        }

        @Override
        public String kind() {
            return "negativePcr";
        }
    }

    /** What these regions or issuers assert of one risk counts as a worse one. */
    record JudgeAs(List<Asserter> of, Risk from, Risk as) implements Requirement {
        public JudgeAs {
            of = List.copyOf(of);
            requireSome("judgeAs.of", of.size());
            boolean worse = (from == Risk.LOW && as.isElevated()) || (from == Risk.MEDIUM && as == Risk.HIGH);
            if (!worse) {
                throw new IllegalArgumentException("judgeAs: LOW as MEDIUM or HIGH, or MEDIUM as HIGH; not " + from
                        + " as " + as + ", for a policy is never milder");
            }
        }

        @Override
        public Ruling rule(Effect effect, Presented presented) {
            boolean theirs = effect.risk() == from && of.stream().anyMatch(one -> one.asserted(effect.statement()));
            return theirs ? new Ruling(as, effect.validUntil()) : Ruling.met(effect);
        }

        @Override
        public String kind() {
            return "judgeAs";
        }
    }

    /**
     * No green beside evidence, such as an itinerary, that bears a mark and was taken within this time. Evidence without a time bears it
     * still; so may evidence that could not be read.
     *
     * @param evidence the kind of evidence that is looked at
     * @param mark what its value contains where it bears the mark
     */
    record NoMark(String evidence, String mark, Duration within) implements Requirement {
        public NoMark {
            requirePositive("noMark", within);
            requireSome("noMark.mark", mark.length());
        }

        @Override
        public Ruling rule(Effect effect, Presented presented) {
            return Ruling.metUnless(presented.statements().stream().anyMatch(s -> bearsMark(s, presented)), effect);
        }

        private boolean bearsMark(Statement statement, Presented presented) {
            return statement.evidenceOnly()
                    && (statement.isUnreadable()
                            || statement.evidence().stream().anyMatch(one -> isMarked(one, presented)));
        }

        private boolean isMarked(Evidence one, Presented presented) {
            return one.kind().equals(evidence)
                    && one.value().contains(mark)
                    && one.taken()
                            .map(taken -> presented.now().isBefore(taken.plus(within)))
                            .orElse(true);
        }

        @Override
        public String kind() {
            return "noMark";
        }
    }

    private static void requireSome(String where, int size) {
        if (size == 0) {
            throw new IllegalArgumentException(where + ": is empty, so that the demand is always met");
        }
    }

    private static void requirePositive(String where, Duration within) {
        if (!within.isPositive()) {
            throw new IllegalArgumentException(where + ": a time longer than none");
        }
    }
}
