package dev.hutong.hub.ledger;

import dev.hutong.hub.ledger.LedgerRecord.Resumed;
import dev.hutong.hub.ledger.LedgerStanding.State;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps blocks: in the store, or, where that is gone and it was chosen so, in the journal until the store is back.
 *
 * <p>Two threads come here. The writer brings records ({@link #keep}); the attendant looks after a store that is gone ({@link #attend}),
 * so that nobody at a gate waits for an attempt to reach it. The chain is used under this object's monitor, and while the store is gone
 * and decisions are refused by the attendant alone.
 *
 * <p>A write that failed may have come through all the same. Where its block went to the journal, the store is given the very same block
 * again; where its decisions were refused, the chain goes on from the store's end, if that is what this keeper signed. Where it is not,
 * another hub has the same key. Two that append to one chain would push each other aside for ever, so this one stops for good and says so.
 */
final class BlockKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(BlockKeeper.class);

    private final BlockStore store;
    private final Chain chain;
    private final Optional<Journal> journal;
    private final RecordBuffer resumption;
    private final InstantSource clock;
    private volatile State state = State.STORING;
    private volatile @Nullable String fault;
    private volatile boolean displaced;
    /** Why the journal takes nothing more, while blocks wait in it; null where it does. */
    private volatile @Nullable String jam;

    private volatile long size;
    private Instant goneSince = Instant.EPOCH;
    private long taken;

    /**
     * @param journal where blocks go while the store is gone; none where decisions are refused then
     * @param resumption for the attendant's own records
     */
    BlockKeeper(
            BlockStore store, Chain chain, Optional<Journal> journal, RecordBuffer resumption, InstantSource clock) {
        this.store = store;
        this.chain = chain;
        this.journal = journal;
        this.resumption = resumption;
        this.clock = clock;
    }

    /** Finds the end of the chain; throws {@link LedgerStoreException} where the store does not work. */
    synchronized void open() {
        chain.goOnFrom(store.head(chain.node()));
        size = chain.size();
    }

    State state() {
        return state;
    }

    Optional<String> fault() {
        String jammed = jam;
        return jammed == null ? Optional.ofNullable(fault) : Optional.of(jammed + "; and the store: " + fault);
    }

    long size() {
        return size;
    }

    long spooled() {
        return journal.map(Journal::blocks).orElse(0L);
    }

    /**
     * Makes the next block of these records and keeps it; durable when it returns.
     *
     * @throws LedgerUnavailableException where it could not be kept: its decisions may not be told
     */
    void keep(RecordBuffer records) {
        if (state == State.REFUSING) {
            throw new LedgerUnavailableException("the store is gone");
        }
        synchronized (this) {
            switch (state) {
                case STORING -> store(records);
                case SPOOLING -> spool(chain.sign(records));
                case REFUSING -> throw new LedgerUnavailableException("the store is gone");
            }
        }
    }

    private void store(RecordBuffer records) {
        Block block = chain.sign(records);
        try {
            store.append(List.of(block));
        } catch (BlockStore.ConflictException another) {
            block = afterConflict(records, another);
        } catch (LedgerStoreException gone) {
            gone(gone);
            spoolOrRefuse(block);
            return;
        }
        kept(block);
    }

    /** A write of ours that failed had come through, or the store was restored: its end is the end, unless somebody else made it. */
    private Block afterConflict(RecordBuffer records, BlockStore.ConflictException conflict) {
        try {
            if (!goOnFromStore()) {
                throw new LedgerUnavailableException("another hub writes this chain");
            }
            LOG.warn("{}: the chain goes on from the store's end", conflict.getMessage());
            Block block = chain.sign(records);
            store.append(List.of(block));
            return block;
        } catch (LedgerStoreException | BlockStore.ConflictException failure) {
            refuse(failure);
            throw new LedgerUnavailableException("the store takes no block");
        }
    }

    /** False where the chain is another's now, which ends this keeper's work. */
    private boolean goOnFromStore() {
        Optional<Block> end = store.head(chain.node());
        if (chain.isContinuedByAnother(end)) {
            displace("");
            return false;
        }
        chain.goOnFrom(end);
        return true;
    }

    /** Refuses from now on, until the process ends. */
    private synchronized void displace(String more) {
        displaced = true;
        jam = null;
        state = State.REFUSING;
        fault = chain.takenByAnother() + more + " Until then no decision is answered.";
        LOG.error("{}", fault);
    }

    private void gone(LedgerStoreException why) {
        goneSince = clock.instant();
        fault = oneLine(why);
        LOG.error("{}", why.getMessage());
    }

    private void spoolOrRefuse(Block block) {
        if (journal.isEmpty()) {
            state = State.REFUSING;
            LOG.error("No decision is answered until the ledger can be written again");
            throw new LedgerUnavailableException("the store is gone");
        }
        try {
            journal.get().append(block);
            state = State.SPOOLING;
            LOG.warn("Decisions are kept in the journal until the ledger can be written again");
        } catch (IOException full) {
            LOG.error("The ledger's journal cannot be written ({}); no decision is answered", full.toString());
            // Whether the block is in the store is not known, and it is not in the journal.
            state = State.REFUSING;
            throw new LedgerUnavailableException("neither the store nor the journal takes it");
        }
        kept(block);
    }

    private void spool(Block block) {
        try {
            journal.orElseThrow().append(block);
            kept(block);
        } catch (IOException full) {
            jam = jam(full);
            state = State.REFUSING;
            LOG.error("{}; no decision is answered until it can be written again, or the store can", jam);
            throw new LedgerUnavailableException("the journal does not take it");
        }
    }

    private static String jam(IOException why) {
        return "The ledger's journal cannot be written (" + oneLine(why) + ")";
    }

    private void refuse(RuntimeException why) {
        goneSince = clock.instant();
        fault = oneLine(why);
        state = State.REFUSING;
        LOG.error("{}; no decision is answered until the ledger can be written again", why.getMessage());
    }

    private void kept(Block block) {
        chain.kept(block);
        size = chain.size();
    }

    /** Looks whether the store is back, where it is gone, or else the journal. Blocks; for the attendant, again and again. */
    void attend() {
        try {
            switch (state) {
                case STORING -> {}
                case SPOOLING -> takeUpAll();
                case REFUSING -> {
                    if (displaced) {
                        return;
                    }
                    if (jam == null) {
                        resume();
                    } else {
                        takeUpAll();
                    }
                }
            }
        } catch (LedgerStoreException stillGone) {
            fault = oneLine(stillGone);
            tryJournal();
        } catch (IOException | RuntimeException failure) {
            fault = oneLine(failure);
            LOG.error("The ledger's store cannot be taken up again", failure);
        }
    }

    private synchronized void tryJournal() {
        if (jam == null) {
            return;
        }
        try {
            journal.orElseThrow().tryAgain();
            jam = null;
            state = State.SPOOLING;
            LOG.info("The ledger's journal can be written again");
        } catch (IOException still) {
            jam = jam(still);
        }
    }

    private void takeUpAll() throws IOException {
        Journal waiting = journal.orElseThrow();
        try {
            while (!takeUp(waiting)) {
                LOG.debug("Blocks are taken up from the journal");
            }
            LOG.info("The ledger's store is back, and has taken all that was in the journal");
        } catch (BlockStore.ConflictException another) {
            displace(" " + Journal.KEEP_IT);
        }
    }

    /** Brings some blocks from the journal into the store; true once there are no more. */
    private boolean takeUp(Journal waiting) throws IOException {
        Journal.Read read = waiting.read(taken, Journal.CHUNK);
        if (read.next() >= waiting.length()) {
            return takeUpLast(waiting);
        }
        take(read);
        return false;
    }

    private void take(Journal.Read read) throws IOException {
        if (read.blocks().isEmpty()) {
            throw new IOException("the journal is damaged at octet " + taken);
        }
        store.append(read.blocks());
        taken = read.next();
    }

    /** The last ones, while the writer waits: it would otherwise add one as often as one is taken. */
    private synchronized boolean takeUpLast(Journal waiting) throws IOException {
        if (taken < waiting.length()) {
            take(waiting.read(taken, Journal.CHUNK));
        }
        if (taken < waiting.length()) {
            return false;
        }
        waiting.clear();
        taken = 0;
        fault = null;
        jam = null;
        state = State.STORING;
        return true;
    }

    /** Says in the chain itself for how long nothing was decided; that this can be written is what shows that the store is back. */
    private synchronized void resume() throws IOException {
        if (!goOnFromStore()) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        resumption.clear();
        resumption.add(new Resumed(Ulids.next(now), now, goneSince.truncatedTo(ChronoUnit.MILLIS)));
        Block block = chain.sign(resumption);
        store.append(List.of(block));
        kept(block);
        fault = null;
        state = State.STORING;
        LOG.info("The ledger can be written again");
    }

    private static String oneLine(Exception failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
    }
}
