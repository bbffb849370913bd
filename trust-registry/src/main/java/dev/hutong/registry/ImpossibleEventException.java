package dev.hutong.registry;

import dev.hutong.registry.EventRefusal.Ground;

/** How a refusal leaves the depths of the fold; it becomes a value before it leaves the package. Without a stack. */
final class ImpossibleEventException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient EventRefusal refusal;

    ImpossibleEventException(Ground ground, String detail) {
        super(detail, null, false, false);
        this.refusal = new EventRefusal(ground, detail);
    }

    EventRefusal refusal() {
        return refusal;
    }
}
