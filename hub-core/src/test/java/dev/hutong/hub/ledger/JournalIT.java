package dev.hutong.hub.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal after every way in which a process can end while it writes. */
class JournalIT {
    private static final long ROOMY = 1 << 20;

    @TempDir
    private Path folder;

    private static Block block(long number) {
        return new Block(
                "node",
                number,
                "first",
                "last",
                "header " + number,
                "{}\n".getBytes(StandardCharsets.UTF_8),
                List.of(new Block.Event(0, "appeal", "id", "issuer")));
    }

    private Path file() {
        return folder.resolve("ledger.journal");
    }

    private List<Long> numbers() throws IOException {
        return Journal.peek(file()).stream().map(Block::number).toList();
    }

    @Test
    void whatIsAppendedIsReadAgainAfterARestart() throws IOException {
        try (Journal journal = Journal.open(file(), ROOMY)) {
            journal.append(block(0));
            journal.append(block(1));
        }
        try (Journal journal = Journal.open(file(), ROOMY)) {
            journal.append(block(2));

            assertThat(journal.blocks()).isEqualTo(3);
            assertThat(journal.read(0, 2).blocks()).hasSize(2);
            Block last = journal.read(journal.read(0, 2).next(), 9).blocks().getFirst();
            assertThat(last).usingRecursiveComparison().isEqualTo(block(2));
        }
    }

    @Test
    void aTornTailIsCutOffWhereverItIsTorn() throws IOException {
        try (Journal journal = Journal.open(file(), ROOMY)) {
            journal.append(block(0));
            journal.append(block(1));
        }
        byte[] whole = Files.readAllBytes(file());
        long second = Journal.peek(file()).size() == 2 ? whole.length / 2 : 0;

        for (int length = (int) second; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (Journal journal = Journal.open(file(), ROOMY)) {
                journal.append(block(7));
            }
            assertThat(numbers()).as("%d of %d octets", length, whole.length).containsExactly(0L, 7L);
        }
    }

    @Test
    void aTailThatIsGarbageIsCutOff() throws IOException {
        try (Journal journal = Journal.open(file(), ROOMY)) {
            journal.append(block(0));
        }
        Files.write(file(), new byte[] {0, 0, 0, 9, 1, 2, 3}, StandardOpenOption.APPEND);
        byte[] zeros = new byte[4096];
        Files.write(file(), zeros, StandardOpenOption.APPEND);

        Journal.open(file(), ROOMY).close();

        assertThat(numbers()).containsExactly(0L);
    }

    @Test
    void aFullJournalTakesNothingAndLosesNothing() throws IOException {
        try (Journal journal = Journal.open(file(), ROOMY)) {
            journal.append(block(0));
        }
        long frame = Files.size(file());
        try (Journal journal = Journal.open(file(), 2 * frame - 1)) {
            assertThatThrownBy(() -> journal.append(block(1))).isInstanceOf(IOException.class);
            assertThatThrownBy(journal::tryAgain).isInstanceOf(IOException.class);
        }
        assertThat(numbers()).containsExactly(0L);
        try (Journal journal = Journal.open(file(), 2 * frame)) {
            journal.append(block(1));
        }
        assertThat(numbers()).containsExactly(0L, 1L);
    }

    @Test
    void whatWasRefusedIsTriedAgainWithoutATrace() throws IOException {
        try (Journal journal = Journal.open(file(), ROOMY)) {
            journal.append(block(0));
            long frame = journal.length();
            assertThatThrownBy(() -> journal.append(large(1, (int) ROOMY))).isInstanceOf(IOException.class);
            assertThatThrownBy(journal::tryAgain).isInstanceOf(IOException.class);

            journal.append(block(1));
            journal.tryAgain();
            assertThat(journal.length()).isEqualTo(2 * frame).isEqualTo(Files.size(file()));
        }
        assertThat(numbers()).containsExactly(0L, 1L);
    }

    private static Block large(long number, int octets) {
        return new Block("node", number, "first", "last", "header " + number, new byte[octets], List.of());
    }

    @Test
    void aJournalLargerThanTheMemoryIsOpenedAndTakenUp() throws Exception {
        int blocks = 48;
        try (Journal journal = Journal.open(file(), Long.MAX_VALUE)) {
            for (int number = 0; number < blocks; number++) {
                journal.append(large(number, 1 << 20));
            }
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalTaker.class.getName(),
                        file().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).endsWith("waiting 48, taken 48\n");
        assertThat(file()).isEmptyFile();
    }
}
