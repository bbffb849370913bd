package dev.hutong.registry.snapshot;

import dev.hutong.registry.snapshot.SyncOutcome.Ground;

/** What a hub gave is refused; turned into a value before it leaves the package. */
final class SyncRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Ground ground;

    SyncRefusedException(Ground ground, String reason) {
        super(reason);
        this.ground = ground;
    }

    SyncOutcome.Refused outcome() {
        return new SyncOutcome.Refused(ground, String.valueOf(getMessage()));
    }
}
