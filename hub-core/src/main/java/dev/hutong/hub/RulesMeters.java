package dev.hutong.hub;

import dev.hutong.hub.rules.LiveRules;
import dev.hutong.hub.rules.RulesFault;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;

/** What a running hub measures of its rules. */
final class RulesMeters implements MeterBinder {
    private final LiveRules rules;

    RulesMeters(LiveRules rules) {
        this.rules = rules;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (RulesFault.Kind kind : RulesFault.Kind.values()) {
            Gauge.builder("hutong.rules.faults", rules, one -> faults(one, kind))
                    .description("Rules that should be in force and are not")
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }

    private static double faults(LiveRules rules, RulesFault.Kind kind) {
        return rules.faults().stream().filter(fault -> fault.kind() == kind).count();
    }
}
