package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub that is killed under load, again and again, or that runs out of disk or of files: whatever it told anybody is in its ledger, and the
 * ledger is sound. {@code -Dhutong.kill.rounds=500} kills more often.
 */
class LedgerKillIT {
    private static final int ROUNDS = Integer.getInteger("hutong.kill.rounds", 8);
    private static final int MOST_OF_A_ROUND = 400;

    @TempDir
    private Path folder;

    private String data() {
        return folder.resolve("data").toString();
    }

    private HutongProcess serve() throws IOException {
        return HutongProcess.start(folder, "serve", "--port", "0", "--management-port", "0", "--data", data());
    }

    private HutongProcess serveLimited(String limits) throws IOException {
        return HutongProcess.startLimited(
                folder, limits, "serve", "--port", "0", "--management-port", "0", "--data", data());
    }

    private Set<String> inTheLedger() throws IOException {
        InProcess export = InProcess.run("audit", "export", "--data", data());
        assertThat(export.exitCode()).as(export.err()).isZero();
        Set<String> ids = new HashSet<>();
        for (String line : export.out().lines().toList()) {
            assertThat(ids.add(new ObjectMapper().readTree(line).get("id").textValue()))
                    .as("once: %s", line)
                    .isTrue();
        }
        return ids;
    }

    private void assertSoundWith(List<String> told) throws IOException {
        InProcess verify = InProcess.run("audit", "verify", "--data", data());
        assertThat(verify.exitCode()).as(verify.out() + verify.err()).isZero();
        assertThat(inTheLedger()).containsAll(told);
    }

    @Test
    void whateverAKilledHubToldIsInItsLedger() throws Exception {
        List<String> told = new ArrayList<>();
        Random random = new Random(5);
        for (int round = 0; round < ROUNDS; round++) {
            try (HutongProcess hub = serve();
                    AskingGate gate = new AskingGate(hub.awaitReady().group(1), 1 + random.nextInt(MOST_OF_A_ROUND))) {
                gate.awaitEnough();
                if (round == 0) {
                    assertThat(InProcess.run("audit", "verify", "--data", data())
                                    .exitCode())
                            .as("while it runs")
                            .isZero();
                }
                hub.kill();
                told.addAll(gate.end());
            }
            assertSoundWith(told);
        }
        assertThat(told).hasSizeGreaterThan(ROUNDS);
    }

    @Test
    void aHubWhoseDiskIsFullTellsNothingMoreAndLosesNothing() throws Exception {
        List<String> told;
        // In KiB: no file may grow beyond it, the ledger and its write-ahead log among them.
        try (HutongProcess hub = serveLimited("-f 1500");
                AskingGate gate = new AskingGate(hub.awaitReady().group(1), Integer.MAX_VALUE)) {
            gate.awaitEnough();
            told = gate.end();
            assertThat(gate.lastStatus()).isEqualTo(503);
            hub.kill();
        }
        assertThat(told).isNotEmpty();
        assertSoundWith(told);
        try (HutongProcess hub = serve();
                AskingGate gate = new AskingGate(hub.awaitReady().group(1), 10)) {
            gate.awaitEnough();
            gate.end();
            assertThat(gate.lastStatus()).isEqualTo(200);
            assertSoundWith(gate.end());
        }
    }

    @Test
    void aHubThatRunsOutOfFilesGoesOnOnceItHasSomeAgain() throws Exception {
        try (HutongProcess hub = serveLimited("-n 260")) {
            String url = hub.awaitReady().group(1);
            // A class that is first needed while no file can be opened stays broken: what a hub needs it has used
            // before the crowd comes.
            List<String> told = new ArrayList<>(askFor(20, url));

            List<Socket> crowd = new ArrayList<>();
            try {
                for (int i = 0; i < 400; i++) {
                    crowd.add(new Socket(
                            URI.create(url).getHost(), URI.create(url).getPort()));
                }
            } finally {
                for (Socket one : crowd) {
                    one.close();
                }
            }

            Instant patience = Instant.now().plusSeconds(60);
            List<String> afterwards = askFor(20, url);
            while (afterwards.size() < 20) {
                assertThat(Instant.now()).as("it answers again").isBefore(patience);
                told.addAll(afterwards);
                afterwards = askFor(20, url);
            }
            told.addAll(afterwards);
            assertSoundWith(told);
        }
    }

    private static List<String> askFor(int decisions, String url) throws InterruptedException {
        try (AskingGate gate = new AskingGate(url, decisions)) {
            gate.awaitEnough();
            return gate.end();
        }
    }
}
