package dev.hutong.hub.resolve;

import dev.hutong.hub.clients.Caller;
import io.vertx.core.Future;

/** Where decisions are written down before they are answered. */
@FunctionalInterface
public interface Ledger {
    /** Writes nothing down; for those who decide for themselves alone. */
    Ledger NONE = (decision, caller) -> Future.succeededFuture();

    /**
     * Writes a decision down.
     *
     * @return completes once it is durable, and fails where it cannot be: then nobody may be told the decision
     */
    Future<Void> record(Decision decision, Caller caller);
}
