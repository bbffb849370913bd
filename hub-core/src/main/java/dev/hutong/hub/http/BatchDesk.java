package dev.hutong.hub.http;

import dev.hutong.hub.ledger.LedgerUnavailableException;
import dev.hutong.hub.load.Work;
import dev.hutong.hub.resolve.DecisionJson;
import dev.hutong.hub.resolve.Disclosure;
import dev.hutong.hub.resolve.Resolver;
import dev.hutong.hub.telemetry.Wordless;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the lines of batches answered, a few at a time, on all event loops in turn: each line waits there as any other request does. */
final class BatchDesk {
    /** So many together take about as long as the way from one event loop to another is worth, and hold nobody up. */
    static final int LINES_TOGETHER = 4;

    private static final Logger LOG = LoggerFactory.getLogger(BatchDesk.class);

    private final Resolver resolver;
    private final LoadGate load;
    private final QuotaGate quotas;

    BatchDesk(Resolver resolver, LoadGate load, QuotaGate quotas) {
        this.resolver = resolver;
        this.load = load;
        this.quotas = quotas;
    }

    QuotaGate quotas() {
        return quotas;
    }

    /** The event loop that this is called on. */
    LoadedLoop here() {
        return load.loop();
    }

    /**
     * Has some lines answered.
     *
     * @param turn counts on with each call, so that all event loops are given as much
     * @param answered is told, in the context that this is called in; never, where the batch has been given up
     */
    void answer(Batch batch, List<byte[]> lines, int turn, Consumer<List<BatchLine.Answer>> answered) {
        ContextInternal home = ContextInternal.current();
        LoadedLoop loop = load.loops().get(Math.floorMod(turn, load.loops().size()));
        ContextInternal there = loop.branch();
        Lines work = new Lines(batch, lines, there, answers -> home.runOnContext(returned -> answered.accept(answers)));
        there.runOnContext(arrived -> loop.gate().admit(work));
    }

    /** A line on which the hub itself fails is that line's failure, as it would be a request's; the others and the loop's place are not. */
    private Future<BatchLine.Answer> answer(byte[] line, Batch batch) {
        try {
            return decide(line, batch);
        } catch (Throwable bug) {
            return Future.succeededFuture(failed(bug));
        }
    }

    private Future<BatchLine.Answer> decide(byte[] line, Batch batch) {
        return switch (ResolveRequest.read(line)) {
            case ResolveRequest.Reading.NoRequest(Problem problem) ->
                Future.succeededFuture(new BatchLine.Refused(problem));
            case ResolveRequest.Reading.Request(ResolveRequest request)
            when !batch.caller().mayAskFor(request.question().destination()) ->
                Future.succeededFuture(new BatchLine.Refused(Problem.notForThisDestination()));
            case ResolveRequest.Reading.Request(ResolveRequest request) ->
                resolver.resolve(request.question(), batch.caller())
                        .<BatchLine.Answer>map(decision -> new BatchLine.Decided(Buffer.buffer(DecisionJson.write(
                                decision,
                                Disclosure.to(batch.caller(), load.extent()).on(request.purpose(), batch.caller())))))
                        .otherwise(BatchDesk::failed);
        };
    }

    private static BatchLine.Answer failed(Throwable failure) {
        if (failure instanceof LedgerUnavailableException) {
            return new BatchLine.Refused(Problem.of(ProblemType.LEDGER_UNAVAILABLE));
        }
        LOG.error("A line of a batch failed", new Wordless(failure));
        return new BatchLine.Refused(Problem.of(ProblemType.INTERNAL));
    }

    /** Some lines of a batch, on the event loop that answers them. They are not refused: they wait, and the batch with them. */
    private final class Lines implements Work {
        private final Batch batch;
        private final List<byte[]> lines;
        private final ContextInternal context;
        private final Consumer<List<BatchLine.Answer>> answered;

        /** @param context on the event loop that answers them, for the batch's request */
        Lines(Batch batch, List<byte[]> lines, ContextInternal context, Consumer<List<BatchLine.Answer>> answered) {
            this.batch = batch;
            this.lines = lines;
            this.context = context;
            this.answered = answered;
        }

        @Override
        public String caller() {
            return batch.holder();
        }

        @Override
        public int cost() {
            return lines.size();
        }

        @Override
        public boolean isRefusable() {
            return false;
        }

        @Override
        public boolean isAbandoned() {
            return batch.isGivenUp();
        }

        @Override
        public void start(Runnable done) {
            within(() -> Future.all(
                            lines.stream().map(line -> answer(line, batch)).toList())
                    .onComplete(all -> within(() -> {
                        done.run();
                        answered.accept(all.result().list());
                    })));
        }

        /** At once where it is called there. */
        private void within(Runnable task) {
            context.emit(task, Runnable::run);
        }

        @Override
        public void refuse() {
            throw new IllegalStateException("lines of a batch are never refused");
        }
    }
}
