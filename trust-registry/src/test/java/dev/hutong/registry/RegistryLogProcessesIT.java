package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What real processes do to a log: append at once, get killed, and meet a disk that takes nothing more. */
class RegistryLogProcessesIT {
    @SuppressWarnings("NullAway.Init")
    @TempDir
    Path temp;

    enum Store {
        SQLITE,
        POSTGRESQL
    }

    private String newPlace(Store store) throws Exception {
        return switch (store) {
            case SQLITE -> temp.resolve("registry.db").toString();
            case POSTGRESQL -> PostgresServer.newStore().url();
        };
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoProcessesThatAppendAtOnceNothingIsLostTwiceOrOutOfOrder(Store store) throws Exception {
        String place = newPlace(store);
        int each = 300;
        try (LogWriter left = LogWriter.start(place, temp);
                LogWriter right = LogWriter.start(place, temp);
                RegistryLog log = LogWriter.open(place)) {
            left.tell("singles left " + each);
            right.tell("singles right " + each);
            assertThat(left.next()).isEqualTo("done");
            assertThat(right.next()).isEqualTo("done");
            List<String> leaves =
                    log.read(0, 10 * each).stream().map(LogEntry::leaf).toList();
            assertThat(leaves).hasSize(2 * each);
            for (String name : List.of("left", "right")) {
                assertThat(leaves.stream().filter(leaf -> leaf.startsWith(name)))
                        .containsExactlyElementsOf(IntStream.range(0, each)
                                .mapToObj(i -> name + "-" + i)
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, 15", "POSTGRESQL, 4"})
    void aProcessKilledAtAnyMomentLeavesAWholeLog(Store store, int kills) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String place = newPlace(store);
        for (int round = 1; round <= kills; round++) {
            long acknowledged = appendUntilKilled(place, random);
            try (RegistryLog log = LogWriter.open(place)) {
                assertThat(log.size()).as("seed %d, round %d", seed, round).isGreaterThanOrEqualTo(acknowledged);
                assertWholeGroups(log.read(0, Integer.MAX_VALUE));
            }
        }
    }

    private long appendUntilKilled(String place, Random random) throws Exception {
        try (LogWriter writer = LogWriter.start(place, temp)) {
            writer.tell("groups");
            String last = writer.next();
            for (int more = random.nextInt(12); more > 0; more--) {
                last = writer.next();
            }
            // The moment within an append, not a wait for anything.
            LockSupport.parkNanos(random.nextInt(3_000_000));
            List<String> unread = writer.kill();
            return Long.parseLong(unread.isEmpty() ? last : unread.getLast());
        }
    }

    private static void assertWholeGroups(List<LogEntry> entries) {
        List<String> expected = new ArrayList<>();
        while (expected.size() < entries.size()) {
            expected.addAll(LogWriter.groupAt(expected.size()));
        }
        assertThat(entries)
                .isEqualTo(IntStream.range(0, expected.size())
                        .mapToObj(i -> new LogEntry(i, expected.get(i)))
                        .toList());
    }

    @Test
    void aDiskThatTakesNothingMoreIsAFailureThatEndsByItself() throws Exception {
        String place = newPlace(Store.SQLITE);
        // No file beyond 4 MiB, by the soft limit: a write then fails as on a disk without room.
        try (LogWriter writer = LogWriter.start(place, temp, "bash", "-c", "ulimit -S -f 4096; exec \"$@\"", "bash")) {
            int kept = 0;
            String answer = appendBlock(writer);
            while (answer.startsWith("Appended")) {
                kept++;
                answer = appendBlock(writer);
            }
            assertThat(kept).isPositive();
            assertThat(answer)
                    .startsWith("RegistryStorageException")
                    .contains("registry.db", "cannot be written", "free space", "goes on by itself");
            assertThat(appendBlock(writer)).startsWith("RegistryStorageException");
            while (appendBlock(writer, 20_000).startsWith("Appended")) {
                kept++;
            }
            assertThat(tryAppending(writer))
                    .startsWith("RegistryStorageException")
                    .contains("cannot be written");
            try (RegistryLog log = LogWriter.open(place)) {
                assertThat(log.size()).isEqualTo(kept);
            }
            liftTheLimit(writer.pid());
            assertThat(tryAppending(writer)).isEqualTo("would be kept");
            assertThat(appendBlock(writer)).isEqualTo("Appended[newSize=" + (kept + 1) + "]");
        }
    }

    private static void liftTheLimit(long pid) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=unlimited:").start();
        assertThat(prlimit.waitFor()).isZero();
    }

    private static String appendBlock(LogWriter writer) throws IOException {
        return appendBlock(writer, 300_000);
    }

    private static String appendBlock(LogWriter writer, int octets) throws IOException {
        return ask(writer, "block " + octets);
    }

    private static String tryAppending(LogWriter writer) throws IOException {
        return ask(writer, "try");
    }

    private static String ask(LogWriter writer, String command) throws IOException {
        writer.tell(command);
        String answer = writer.next();
        assertThat(writer.next()).isEqualTo("done");
        return answer;
    }

    @Test
    void aFileThatMayOnlyBeReadIsReadAndNotWritten() throws Exception {
        String[] asOrdinaryUser = withoutTheRightToPassPermissions();
        String place = newPlace(Store.SQLITE);
        try (RegistryLog log = LogWriter.open(place)) {
            log.append(0, List.of("a"));
        }
        Files.setPosixFilePermissions(Path.of(place), PosixFilePermissions.fromString("r--r--r--"));
        try (LogWriter writer = LogWriter.start(place, temp, asOrdinaryUser)) {
            assertThat(appendBlock(writer))
                    .startsWith("RegistryStorageException")
                    .contains("registry.db", "may not be written", "right to");
            assertThat(tryAppending(writer)).contains("may not be written");
            // SQLite made the files beside it with the same permissions.
            for (String name : List.of("registry.db", "registry.db-wal", "registry.db-shm")) {
                Files.setPosixFilePermissions(temp.resolve(name), PosixFilePermissions.fromString("rw-------"));
            }
            assertThat(appendBlock(writer)).isEqualTo("Appended[newSize=2]");
        }
    }

    /** Nothing for an ordinary user; for root a command that gives up root's own right, where it may. */
    private static String[] withoutTheRightToPassPermissions() throws IOException, InterruptedException {
        if (!System.getProperty("user.name").equals("root")) {
            return new String[0];
        }
        String[] command = {"setpriv", "--bounding-set", "-dac_override,-dac_read_search"};
        List<String> trial = new ArrayList<>(List.of(command));
        trial.add("true");
        assumeTrue(new ProcessBuilder(trial).start().waitFor() == 0, "root may not give up a right here");
        return command;
    }
}
