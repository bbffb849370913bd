package dev.hutong.hub.resolve;

import dev.hutong.hub.clients.Caller;
import io.vertx.core.Future;

/** A ledger whose times are taken: {@link Step#RECORD}. */
record TimedLedger(Ledger ledger, Observer observer) implements Ledger {
    @Override
    public Future<Void> record(Decision decision, Caller caller) {
        long from = System.nanoTime();
        return ledger.record(decision, caller)
                .onComplete(written -> observer.took(Step.RECORD, from, System.nanoTime()));
    }
}
