package dev.hutong.hub.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.config.LedgerConfig;
import dev.hutong.hub.resolve.Decision;
import dev.hutong.hub.resolve.Ledger;
import dev.hutong.registry.jose.CompactJwsSigner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The audit ledger of a running hub: takes decisions, looks after its store, and forgets what is to be forgotten. */
public final class AuditLedger implements Ledger, AutoCloseable {
    private final InstantSource clock;
    private final BlockStore store;
    private final Optional<Journal> journal;
    private final BlockKeeper keeper;
    private final GroupCommit commit;
    private final LedgerReader reader;
    private final Attendant attendant;

    /**
     * Begins to keep decisions in this store, which is closed with the ledger.
     *
     * @param signer signs blocks by the hub's own key
     * @throws LedgerStoreException where the store does not work: a hub does not start without it
     */
    public static AuditLedger start(
            Vertx vertx, LedgerPlace place, LedgerConfig config, CompactJwsSigner signer, InstantSource clock) {
        try {
            return new AuditLedger(vertx, place, config, signer, clock);
        } catch (IOException failure) {
            place.store().close();
            throw new LedgerStoreException(
                    "The ledger's files in " + place.folder() + " cannot be used (" + failure
                            + "): let the hub's user read and write them.",
                    failure);
        } catch (RuntimeException failure) {
            place.store().close();
            throw failure;
        }
    }

    private AuditLedger(
            Vertx vertx, LedgerPlace place, LedgerConfig config, CompactJwsSigner signer, InstantSource clock)
            throws IOException {
        this.clock = clock;
        this.store = place.store();
        this.reader = new LedgerReader(store);
        Chain chain = new Chain(place.hub(), signer);
        this.journal = journal(place, config, chain);
        PeriodKeys keys = new PeriodKeys(place.keys(), config.pseudonymPeriod());
        Pseudonyms pseudonyms = new Pseudonyms(keys);
        this.keeper = new BlockKeeper(store, chain, journal, new RecordBuffer(pseudonyms), clock);
        keeper.open();
        if (chain.size() == 0) {
            keeper.keep(opening(place.hub(), signer, pseudonyms));
        }
        this.commit = new GroupCommit(vertx, keeper, new RecordBuffer(pseudonyms));
        Retention retention = new Retention(keys, pseudonyms, config.pseudonymRetention(), clock, commit::add);
        this.attendant = new Attendant(keeper::attend, retention::look);
    }

    /** What an earlier process left in the journal goes into the store before anything else, whatever is chosen now. */
    private static Optional<Journal> journal(LedgerPlace place, LedgerConfig config, Chain chain) throws IOException {
        Path file = place.journal();
        boolean spools = config.whenStoreIsGone() == LedgerConfig.WhenStoreIsGone.SPOOL;
        if (!spools && Files.notExists(file)) {
            return Optional.empty();
        }
        Journal journal = Journal.open(file, config.spoolLimitOctets());
        try {
            journal.drainInto(place.store());
        } catch (BlockStore.ConflictException another) {
            journal.close();
            throw new LedgerStoreException(chain.takenByAnother() + " " + Journal.KEEP_IT, another);
        }
        if (spools) {
            return Optional.of(journal);
        }
        journal.close();
        return Optional.empty();
    }

    private RecordBuffer opening(String hub, CompactJwsSigner signer, Pseudonyms pseudonyms) throws IOException {
        Instant now = now();
        RecordBuffer opening = new RecordBuffer(pseudonyms);
        opening.add(new LedgerRecord.Opened(Ulids.next(now), now, hub, signer.key()));
        return opening;
    }

    @Override
    public Future<Void> record(Decision decision, Caller caller) {
        return commit.add(new LedgerRecord.Decided(decision, caller.id()));
    }

    /**
     * Writes an appeal down.
     *
     * @param decision the record of a decision that an issuer's assertion stands behind
     * @return the appeal's id, once it is durable
     */
    public Future<String> appeal(Caller by, JsonNode decision, AppealGround ground) {
        Instant now = now();
        String id = Ulids.next(now);
        JsonNode contestable = decision.path("contestable");
        return commit.add(new LedgerRecord.Appealed(
                        id,
                        now,
                        by.id(),
                        decision.path("id").asText(),
                        contestable.path("issuer").asText(),
                        contestable.path("region").textValue(),
                        decision.path("destination").textValue(),
                        ground))
                .map(id);
    }

    /** Finds records; blocks. */
    public LedgerReader reader() {
        return reader;
    }

    /** How it stands. */
    public LedgerStanding standing() {
        return new LedgerStanding(
                keeper.state(),
                keeper.fault(),
                keeper.size(),
                commit.records(),
                commit.queued(),
                commit.lag(),
                keeper.spooled());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Writes what waits, and closes the store. Nothing may be recorded any more. */
    @Override
    public void close() {
        commit.close();
        try {
            attendant.close();
            if (journal.isPresent()) {
                journal.get().close();
            }
        } catch (IOException e) {
            throw new LedgerStoreException("The ledger's journal could not be closed: " + e, e);
        } finally {
            store.close();
        }
    }
}
