package dev.hutong.hub.federation;

import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistrySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The registry, as long as it is known to be the present one.
 *
 * @param oldest for how long it may go unconfirmed before nothing is said of it any more
 * @param clock the process's one clock
 */
public record FreshRegistry(Registry registry, Duration oldest, InstantSource clock) {
    /** The registry's present state; empty where it has not been confirmed lately enough. */
    public Optional<RegistrySnapshot> present() {
        return clock.instant().isAfter(registry.confirmedAt().plus(oldest))
                ? Optional.empty()
                : Optional.of(registry.snapshot());
    }

    /** The present, in whole seconds. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
