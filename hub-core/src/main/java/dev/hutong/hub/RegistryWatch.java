package dev.hutong.hub;

import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.lint.LintFinding;
import dev.hutong.registry.lint.LintKind;
import dev.hutong.registry.lint.RegistryLint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Lints the registry for as long as the hub runs: at every change, and once a minute since keys grow old by themselves. Nothing is kept of
 * what was seen: which keys nothing was signed by is known since the hub began, and not before.
 */
public final class RegistryWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWatch.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Registry registry;
    private final InstantSource clock;
    private final Supplier<Optional<Boolean>> witnessed;
    private final Instant watchedSince;
    private volatile Report latest;

    /** Of one kind at once: a log of ten thousand lines is read by nobody. */
    private static final int MOST_TOLD = 20;

    /**
     * What was found.
     *
     * @param snapshot in which
     * @param at when
     */
    public record Report(RegistrySnapshot snapshot, Instant at, List<LintFinding> findings) {}

    /** @param witnessed whether enough witnesses have cosigned the head; empty where none is asked for */
    public RegistryWatch(Registry registry, InstantSource clock, Supplier<Optional<Boolean>> witnessed) {
        this.registry = registry;
        this.clock = clock;
        this.witnessed = witnessed;
        this.watchedSince = clock.instant();
        this.latest = lint(watchedSince);
        tell(Set.of(), latest);
    }

    /** The latest report. */
    public Report latest() {
        return latest;
    }

    /** Looks again if it is time. Called by the one thread that follows the registry. */
    void look() {
        Report before = latest;
        Instant now = clock.instant();
        if (before.snapshot() != registry.snapshot()
                || !now.isBefore(before.at().plus(EVERY))) {
            Report next = lint(now);
            latest = next;
            tell(new HashSet<>(before.findings()), next);
        }
    }

    private Report lint(Instant now) {
        RegistrySnapshot snapshot = registry.snapshot();
        return new Report(snapshot, now, RegistryLint.of(snapshot, now, watchedSince, witnessed.get()));
    }

    /** Each finding once, when it is new, and once when it is gone; all of them are in the metrics and in the hub's answer at any time. */
    private static void tell(Set<LintFinding> known, Report report) {
        Set<LintFinding> gone = new HashSet<>(known);
        Map<LintKind, List<LintFinding>> fresh = report.findings().stream()
                .filter(finding -> !gone.remove(finding))
                .collect(Collectors.groupingBy(LintFinding::kind));
        fresh.forEach(RegistryWatch::tell);
        gone.forEach(finding -> LOG.info("No longer {} {}", finding.kind(), finding.subject()));
    }

    private static void tell(LintKind kind, List<LintFinding> fresh) {
        fresh.stream()
                .limit(MOST_TOLD)
                .forEach(finding ->
                        LOG.atLevel(levelOf(kind)).log("{} {}: {}", kind, finding.subject(), finding.detail()));
        if (fresh.size() > MOST_TOLD) {
            LOG.atLevel(levelOf(kind))
                    .log("{}: {} more; `hutong registry lint` shows them all", kind, fresh.size() - MOST_TOLD);
        }
    }

    private static Level levelOf(LintKind kind) {
        return switch (kind) {
            case UNCONFIRMED -> Level.ERROR;
            case EXPIRING, KEYLESS, OVERLAPPING, UNWITNESSED -> Level.WARN;
            case WEAK, UNUSED -> Level.INFO;
        };
    }
}
