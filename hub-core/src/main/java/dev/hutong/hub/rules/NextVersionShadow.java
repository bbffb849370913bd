package dev.hutong.hub.rules;

import dev.hutong.hub.resolve.RulesInForce;
import dev.hutong.hub.resolve.Shadow;
import dev.hutong.hub.telemetry.Wordless;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.SignedClaims;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges what was decided once more by the version that comes next, and counts how often it would have been decided otherwise. Nobody waits
 * for it.
 *
 * <p>The claims are those that the present version read: where the next one reads others, it finds them absent.
 */
public final class NextVersionShadow implements Shadow {
    private static final Logger LOG = LoggerFactory.getLogger(NextVersionShadow.class);

    private final RulesInForce rules;
    private final MeterRegistry meters;
    private final Executor executor;

    private enum Comparison {
        SAME,
        DIFFERS,
        FAILED;

        private final String tag = name().toLowerCase(Locale.ROOT);
    }

    /** @param executor runs the comparisons, or drops them where there are too many */
    public NextVersionShadow(RulesInForce rules, MeterRegistry meters, Executor executor) {
        this.rules = rules;
        this.meters = meters;
        this.executor = executor;
    }

    @Override
    public void compare(SignedClaims claims, Instant now, Outcome<List<Statement>> present) {
        try {
            executor.execute(() -> rules.versions()
                    .next(claims.format().id(), now)
                    .ifPresent(next -> count(next, compared(next, claims, now, present))));
        } catch (RuntimeException e) { // the decision is made, and stays as it is
            LOG.warn("A decision cannot be compared", new Wordless(e));
        }
    }

    private static Comparison compared(
            FormatPackage next, SignedClaims claims, Instant now, Outcome<List<Statement>> present) {
        try {
            Outcome<List<Statement>> shadow = new SignedClaims(next, claims.claims(), claims.codeEnds()).map(now);
            return isSame(present, shadow) ? Comparison.SAME : Comparison.DIFFERS;
        } catch (RuntimeException e) {
            LOG.debug("{} cannot map what the present version maps", next.versioned(), new Wordless(e));
            return Comparison.FAILED;
        }
    }

    private static boolean isSame(Outcome<List<Statement>> one, Outcome<List<Statement>> other) {
        return switch (one) {
            case Outcome.Passed<List<Statement>>(List<Statement> a) ->
                other instanceof Outcome.Passed<List<Statement>>(List<Statement> b)
                        && a.size() == b.size()
                        && IntStream.range(0, a.size()).allMatch(i -> saysTheSame(a.get(i), b.get(i)));
            case Outcome.Refused<List<Statement>> a ->
                other instanceof Outcome.Refused<List<Statement>> b && a.reason() == b.reason();
        };
    }

    /** Whether it counts for the same; by which rule is another question. */
    private static boolean saysTheSame(Statement one, Statement other) {
        return one.risk() == other.risk()
                && one.reason() == other.reason()
                && one.qualifiers().equals(other.qualifiers())
                && Objects.equals(one.validUntil(), other.validUntil());
    }

    private void count(FormatPackage next, Comparison comparison) {
        Counter.builder("hutong.rules.shadow")
                .description("Decisions judged once more by the version that comes next")
                .tag("format", next.id().value())
                .tag("outcome", comparison.tag)
                .register(meters)
                .increment();
    }
}
