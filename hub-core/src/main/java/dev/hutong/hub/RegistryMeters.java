package dev.hutong.hub;

import dev.hutong.registry.RegisteredProposal.Stage;
import dev.hutong.registry.Registry;
import dev.hutong.registry.lint.LintKind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** What a running hub measures of its registry. */
final class RegistryMeters implements MeterBinder {
    private final Registry registry;
    private final RegistryWatch watch;
    private final InstantSource clock;

    RegistryMeters(Registry registry, RegistryWatch watch, InstantSource clock) {
        this.registry = registry;
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder(
                        "hutong.registry.log.entries",
                        registry,
                        one -> one.snapshot().checkpoint().size())
                .description("Entries of the registry log that this hub decides by")
                .register(meters);
        Gauge.builder("hutong.registry.issuers", registry, one -> one.snapshot().issuerCount())
                .description("Issuers, suspended and withdrawn ones too")
                .register(meters);
        Gauge.builder(
                        "hutong.registry.confirmed.age",
                        registry,
                        one -> Duration.between(one.confirmedAt(), clock.instant())
                                        .toMillis()
                                / 1_000.0)
                .description("Since when the log was last seen to hold no more")
                .baseUnit("seconds")
                .register(meters);
        for (Stage stage : Stage.values()) {
            Gauge.builder("hutong.registry.proposals", registry, one -> proposals(one, stage))
                    .description("Proposals of the last weeks")
                    .tag("stage", stage.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        for (LintKind kind : LintKind.values()) {
            Gauge.builder("hutong.registry.lint.findings", watch, one -> findings(one, kind))
                    .description("What an operator should look after in the registry")
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }

    private double proposals(Registry one, Stage stage) {
        return one.snapshot().proposals().stream()
                .filter(proposal -> proposal.stageAt(clock.instant()) == stage)
                .count();
    }

    private static double findings(RegistryWatch watch, LintKind kind) {
        return watch.latest().findings().stream()
                .filter(finding -> finding.kind() == kind)
                .count();
    }
}
