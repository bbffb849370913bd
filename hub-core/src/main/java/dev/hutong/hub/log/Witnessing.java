package dev.hutong.hub.log;

import dev.hutong.registry.tlog.CheckpointText;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.witness.WitnessClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One witness and how far it has come. Asked by one thread at a time, looked at by any.
 *
 * <p>After a failure it is left alone for a second, then for two, and so on up to a minute: an hour of a dead witness is sixty
 * requests, and a minute after it lives again it is asked.
 */
final class Witnessing {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final WitnessClient client;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private volatile Standing standing = new Standing(Optional.empty(), Optional.empty(), Optional.empty());
    private Duration pause = FIRST_PAUSE;
    private long notBefore;

    /**
     * How far a witness has come.
     *
     * @param cosigned the last checkpoint that it countersigned
     * @param at when it did
     * @param fault why it did not countersign when it was last asked; empty where it did
     */
    record Standing(Optional<CheckpointText> cosigned, Optional<Instant> at, Optional<String> fault) {
        long size() {
            return cosigned.map(text -> text.checkpoint().size()).orElse(0L);
        }
    }

    /** @param nanos nanoseconds of a clock that only ever goes on, by which it is left alone */
    Witnessing(WitnessClient client, InstantSource clock, LongSupplier nanos) {
        this.client = client;
        this.clock = clock;
        this.nanos = nanos;
        this.notBefore = nanos.getAsLong();
    }

    NoteKey key() {
        return client.key();
    }

    Standing standing() {
        return standing;
    }

    boolean hasCosigned(CheckpointText text) {
        return standing.cosigned().equals(Optional.of(text));
    }

    /** Asks for the present checkpoint's countersignature, where it is missing and it is time. */
    void ask(CheckpointPublisher publisher) throws InterruptedException {
        PublishedLog log = publisher.current();
        if (log.size() == 0 || hasCosigned(log.checkpoint().text()) || nanos.getAsLong() - notBefore < 0) {
            return;
        }
        long from = Math.min(standing.size(), log.size());
        switch (client.ask(log.checkpoint(), log.snapshot().tree(), from)) {
            case WitnessClient.Cosigned(var signatures) -> {
                publisher.add(log.checkpoint().text(), signatures);
                standing = new Standing(
                        Optional.of(log.checkpoint().text()), Optional.of(clock.instant()), Optional.empty());
                pause = FIRST_PAUSE;
                notBefore = nanos.getAsLong();
            }
            case WitnessClient.NotCosigned(String why) -> failed(why);
        }
    }

    void failed(String why) {
        standing = new Standing(standing.cosigned(), standing.at(), Optional.of(why));
        notBefore = nanos.getAsLong() + pause.toNanos();
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
}
