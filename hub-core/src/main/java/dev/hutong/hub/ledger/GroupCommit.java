package dev.hutong.hub.ledger;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records from any thread, and has one thread of its own make blocks of all that wait. Nobody who brings a record is ever blocked:
 * where too many wait, or the ledger cannot be written, the record is refused.
 *
 * <p>A record that comes alone is written at once. While several come in the time of one write, the writer waits a little longer before
 * it takes the next, since one signature, one row and one synchronisation of the disk then serve more of them: {@link #LINGER_FOR} times as long as
 * the last block took, so that it is at work for a part of the time however slow the machine or the disk is, and never longer than {@link #LINGER} after the
 * first. Futures are completed on the event loops that brought the records, all of one loop in one task.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** How long the first record of a block waits for more, at the most. */
    private static final Duration LINGER = Duration.ofMillis(4);
    /** And in times of what the last block took to be written. */
    private static final int LINGER_FOR = 3;
    /** A second or so of a full load. */
    private static final int LONGEST_QUEUE = 8_192;

    private static final int LARGEST_BLOCK = 4_096;
    private static final long LOOK_AGAIN_MS = 100;

    private final Vertx vertx;
    private final BlockKeeper keeper;
    private final RecordBuffer buffer;
    private final ArrayBlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final Thread writer;
    private volatile boolean ended;
    private volatile long oldest;
    private final AtomicLong records = new AtomicLong();

    /** A record, and who waits for it. */
    private record Waiting(LedgerRecord record, Promise<Void> promise, ContextInternal context, long since) {}

    GroupCommit(Vertx vertx, BlockKeeper keeper, RecordBuffer buffer) {
        this.vertx = vertx;
        this.keeper = keeper;
        this.buffer = buffer;
        this.writer = Thread.ofPlatform().name("hutong-ledger").start(this::write);
    }

    /** Completes, on the caller's context, once the record is durable; fails with {@link LedgerUnavailableException} where it is refused. */
    Future<Void> add(LedgerRecord record) {
        if (ended || keeper.state() == LedgerStanding.State.REFUSING) {
            return Future.failedFuture(new LedgerUnavailableException("the store is gone"));
        }
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        Promise<Void> promise = context.promise();
        Waiting waiting = new Waiting(record, promise, context, System.nanoTime());
        return queue.offer(waiting)
                ? promise.future()
                : Future.failedFuture(new LedgerUnavailableException("too many records wait"));
    }

    int queued() {
        return queue.size();
    }

    long records() {
        return records.get();
    }

    /** For how long the oldest record that is not yet durable has waited. */
    Duration lag() {
        long since = oldest;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    private void write() {
        List<Waiting> batch = new ArrayList<>();
        long linger = 0;
        while (!ended || !queue.isEmpty()) {
            try {
                Waiting first = queue.poll(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    linger = 0;
                    continue;
                }
                oldest = first.since();
                waitUntil(first.since() + linger);
                batch.add(first);
                queue.drainTo(batch, LARGEST_BLOCK - 1);
                long began = System.nanoTime();
                commit(batch);
                linger = batch.size() == 1 ? 0 : Math.min(LINGER_FOR * (System.nanoTime() - began), LINGER.toNanos());
            } catch (InterruptedException nobodyDoes) {
                LOG.warn("The ledger's writer was interrupted, and goes on");
            } catch (Throwable failure) { // a bug in one block must not end the writing of all others
                LOG.error("A block of the ledger could not be made", failure);
                answer(batch, failure);
            }
            batch.clear();
            oldest = 0;
        }
    }

    private static void waitUntil(long end) {
        for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    /** One block, unless the times of the records lie too far apart for one. */
    private void commit(List<Waiting> batch) {
        int from = 0;
        while (from < batch.size()) {
            List<Waiting> block = batch.subList(from, batch.size());
            try {
                block = batch.subList(from, fill(batch, from));
                keeper.keep(buffer);
                records.addAndGet(buffer.count());
                answer(block, null);
            } catch (LedgerUnavailableException refused) {
                answer(block, refused);
            }
            from += block.size();
        }
    }

    private int fill(List<Waiting> batch, int from) {
        buffer.clear();
        int to = from;
        while (to < batch.size() && buffer.reaches(batch.get(to).record())) {
            try {
                buffer.add(batch.get(to).record());
            } catch (IOException noKey) {
                LOG.error("The key of a period of pseudonyms cannot be used; no decision is answered", noKey);
                throw new LedgerUnavailableException("the key of a period of pseudonyms cannot be used");
            }
            to++;
        }
        return to;
    }

    /** Tells all of an event loop in one task of it. */
    private static void answer(List<Waiting> waiting, @Nullable Throwable refusal) {
        IdentityHashMap<EventLoop, List<Waiting>> loopToWaiting = new IdentityHashMap<>();
        waiting.forEach(one -> loopToWaiting
                .computeIfAbsent(one.context().nettyEventLoop(), loop -> new ArrayList<>())
                .add(one));
        loopToWaiting.forEach((loop, all) -> loop.execute(() -> all.forEach(one -> complete(one, refusal))));
    }

    private static void complete(Waiting one, @Nullable Throwable refusal) {
        if (refusal == null) {
            one.promise().tryComplete();
        } else {
            one.promise().tryFail(refusal);
        }
    }

    /** Takes nothing more, and returns once all that waited is written or refused. */
    @Override
    public void close() {
        ended = true;
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
