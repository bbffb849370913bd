package dev.hutong.hub.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every store finds blocks by their times, which need not rise with the blocks' numbers. */
abstract class BlockStoreContract {
    private static final String NODE = "node";
    private static final Instant EIGHT = Instant.parse("2026-03-15T08:00:00Z");

    private final List<Block> blocks = new ArrayList<>();
    private BlockStore store;

    abstract BlockStore open() throws Exception;

    @BeforeEach
    void openTheStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeTheStore() {
        store.close();
    }

    /** One record in each, made so long after eight. */
    private void append(Duration... sinceEight) {
        List<Block> some = new ArrayList<>();
        for (Duration since : sinceEight) {
            String id = Ulids.next(EIGHT.plus(since));
            String record = "{\"kind\":\"decision\",\"id\":\"%s\",\"at\":\"%s\"}\n".formatted(id, EIGHT.plus(since));
            int number = blocks.size() + some.size();
            some.add(new Block(
                    NODE, number, id, id, "header " + number, record.getBytes(StandardCharsets.UTF_8), List.of()));
        }
        store.append(some);
        blocks.addAll(some);
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    private Optional<Long> firstReaching(Duration sinceEight) {
        return store.firstReaching(NODE, Ulids.smallestAt(EIGHT.plus(sinceEight)));
    }

    private List<Long> scanned(Duration from, Duration to) {
        List<Long> numbers = new ArrayList<>();
        RecordFilter filter = new RecordFilter(
                Optional.of(EIGHT.plus(from)),
                Optional.of(EIGHT.plus(to)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        new LedgerReader(store).scan(filter, found -> numbers.add(found.block().number()));
        return numbers;
    }

    @Test
    void theFirstBlockOfATimeIsTheFirstThatReachesIt() {
        append(minutes(0), minutes(1), minutes(2));

        assertThat(firstReaching(minutes(-1))).contains(0L);
        assertThat(firstReaching(minutes(1))).contains(1L);
        assertThat(firstReaching(minutes(1).plusMillis(1))).contains(2L);
        assertThat(firstReaching(minutes(2).plusMillis(1))).isEmpty();
        assertThat(store.firstReaching("another node", Ulids.smallestAt(EIGHT))).isEmpty();
    }

    @Test
    void whileTheClockWasAheadBlocksReachTheTimeThatComesAfterThem() {
        append(minutes(0), minutes(600), minutes(601), minutes(1), minutes(2));

        assertThat(firstReaching(minutes(1))).contains(1L);
        assertThat(firstReaching(minutes(601))).contains(2L);
        assertThat(firstReaching(minutes(602))).isEmpty();
    }

    @Test
    void whatWasWrittenWhileTheClockWasAheadOrBehindIsFoundByTheTimesThatItTells() {
        append(minutes(0), minutes(600), minutes(610), minutes(5), minutes(605), minutes(-600), minutes(606));

        assertThat(scanned(minutes(600), minutes(700))).containsExactly(1L, 2L, 4L, 6L);
        assertThat(scanned(minutes(605), minutes(610))).containsExactly(4L, 6L);
        assertThat(scanned(minutes(-700), minutes(600))).containsExactly(0L, 3L, 5L);
        assertThat(scanned(minutes(611), minutes(700))).isEmpty();
    }

    @Test
    void theFirstOfMoreBlocksThanAreLookedAtAtOnceIsFoundWhereverItsIdStands() {
        // The first in the chain has the greatest id of all, which comes last where they are looked at by their ids.
        Duration[] times = new Duration[2 * JdbcBlockStore.REACHING];
        for (int i = 0; i < times.length; i++) {
            times[i] = Duration.ofMillis(i);
        }
        times[0] = minutes(600);
        append(times);

        assertThat(firstReaching(Duration.ofMillis(1))).contains(0L);
        assertThat(firstReaching(minutes(601))).isEmpty();
    }
}
