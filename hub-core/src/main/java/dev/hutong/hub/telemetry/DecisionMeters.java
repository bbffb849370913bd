package dev.hutong.hub.telemetry;

import dev.hutong.hub.resolve.Decision;
import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts decisions by what was decided, whose signature it rests on, and the code's format. The labels are bounded: an issuer is one whose
 * signature was verified by a key of the registry, a format one that claimed the code, and neither is ever what a client wrote.
 */
final class DecisionMeters {
    private static final String NONE = "none";
    private static final String SEVERAL = "several";
    private static final String OTHER = "other";

    /** More series than this would be a load on whoever scrapes; issuers that come later are counted together. */
    private static final int MOST_SERIES = 4_000;

    private final Counter decisions;
    private final Map<Outcome, CounterDataPoint> outcomeToCount = new ConcurrentHashMap<>();

    private record Outcome(
            Risk risk,
            @Nullable Reason reason,
            boolean several,
            @Nullable IssuerName issuer,
            @Nullable FormatId format) {
        static Outcome of(Decision decision) {
            return new Outcome(
                    decision.verdict().risk(),
                    decision.verdict().reason(),
                    decision.isAboutSeveral(),
                    decision.issuer(),
                    decision.format());
        }

        String[] labels(boolean full) {
            String unnamed = several ? SEVERAL : NONE;
            String issuerLabel = issuer == null ? unnamed : full ? OTHER : issuer.toString();
            return new String[] {
                risk.name(),
                reason == null ? NONE : reason.name(),
                issuerLabel,
                format == null ? unnamed : format.value()
            };
        }
    }

    DecisionMeters(PrometheusRegistry registry) {
        this.decisions = Counter.builder()
                .name("hutong_decisions_total")
                .help("Decisions made and written down")
                .labelNames("risk", "reason", "issuer", "format")
                .withoutExemplars()
                .register(registry);
    }

    void count(Decision decision) {
        Outcome outcome = Outcome.of(decision);
        CounterDataPoint count = outcomeToCount.get(outcome);
        if (count == null) {
            count = decisions.labelValues(outcome.labels(isFull()));
            if (!isFull()) {
                outcomeToCount.put(outcome, count);
            }
        }
        count.inc();
    }

    private boolean isFull() {
        return outcomeToCount.size() >= MOST_SERIES;
    }
}
