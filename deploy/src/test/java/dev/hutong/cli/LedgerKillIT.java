package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hub that is killed under load, again and again, whatever keeps its ledger, or that runs out of disk or of files: whatever it told anybody is
 * in its ledger, and the ledger is sound. {@code -Dhutong.kill.rounds=500} kills more often.
 */
class LedgerKillIT {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerKillIT.class);
    private static final int ROUNDS = Integer.getInteger("hutong.kill.rounds", 2);
    private static final int MOST_OF_A_ROUND = 400;

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private final Random random = new Random(5);

    /** A hub with the default configuration but for these lines, and not warmed up. */
    private Path config(String more) throws IOException {
        return Files.writeString(folder.resolve("hub.yaml"), """
                data: %s
                warmUp: 0
                http: { port: 0 }
                management: { port: 0 }
                """.formatted(folder.resolve("data")) + more);
    }

    private static String store(int port) {
        return "registry: { store: { url: \"jdbc:postgresql://127.0.0.1:" + port + "/postgres\", user: postgres } }\n";
    }

    private HutongProcess serve(Path config) throws IOException {
        return HutongProcess.start(folder, "serve", "--config", config.toString());
    }

    private HutongProcess serveLimited(String limits, Path config) throws IOException {
        return HutongProcess.startLimited(folder, limits, "serve", "--config", config.toString());
    }

    private static Set<String> greenInTheLedger(Path config) throws IOException {
        InProcess export = InProcess.run("audit", "export", "--risk", "LOW", "--config", config.toString());
        assertThat(export.exitCode()).as(export.err()).isZero();
        Set<String> ids = new HashSet<>();
        for (String line : export.out().lines().toList()) {
            assertThat(ids.add(new ObjectMapper().readTree(line).get("id").textValue()))
                    .as("once: %s", line)
                    .isTrue();
        }
        return ids;
    }

    private void assertSound(Path config) {
        InProcess verify = InProcess.run("audit", "verify", "--config", config.toString());
        assertThat(verify.exitCode()).as(verify.out() + verify.err()).isZero();
    }

    private void assertAllToldIsIn(Path config) throws IOException {
        assertSound(config);
        assertThat(greenInTheLedger(config)).containsAll(told);
    }

    private int some() {
        return 1 + random.nextInt(MOST_OF_A_ROUND);
    }

    @Test
    void whateverAKilledHubToldIsInItsLedger() throws Exception {
        killAgainAndAgain(config(""));
    }

    @Test
    void whateverAKilledHubToldIsInItsLedgerInPostgres() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            killAgainAndAgain(config(store(server.getPort())));
        }
    }

    private void killAgainAndAgain(Path config) throws Exception {
        try (GreenCodes codes = GreenCodes.registeredWith(config)) {
            for (int round = 0; round < ROUNDS; round++) {
                try (HutongProcess hub = serve(config);
                        AskingGate gate = new AskingGate(hub.awaitBareReady().group(1), codes::question, some())) {
                    gate.awaitEnough();
                    if (round == 0) {
                        assertSound(config); // while it runs
                    }
                    hub.kill();
                    told.addAll(gate.end());
                }
                assertAllToldIsIn(config);
            }
        }
        tell("killed");
    }

    @Test
    void whateverAKilledHubToldFromItsJournalIsInItsLedgerOnceTheStoreIsBack() throws Exception {
        EmbeddedPostgres server = postgres(0);
        int port = server.getPort();
        Path config = config(store(port) + "ledger: { whenStoreIsGone: spool }\n");
        try (GreenCodes codes = GreenCodes.registeredWith(config)) {
            for (int round = 0; round < ROUNDS; round++) {
                try (HutongProcess hub = serve(config)) {
                    String url = hub.awaitBareReady().group(1);
                    assertAllToldIsIn(config);
                    askWhileTheStoreGoes(url, codes, server);
                    try (AskingGate gate = new AskingGate(url, codes::question, some())) {
                        gate.awaitEnough();
                        assertThat(gate.lastStatus()).isEqualTo(200);
                        hub.kill();
                        told.addAll(gate.end());
                    }
                }
                server = postgres(port);
                assertSound(config); // what waits in the journal, too
                assertThat(greenInTheLedger(config)).doesNotContain(told.getLast());
            }
            try (HutongProcess hub = serve(config)) {
                hub.awaitBareReady();
                assertAllToldIsIn(config);
            }
        } finally {
            server.close();
        }
        tell("killed with its store gone");
    }

    private void askWhileTheStoreGoes(String url, GreenCodes codes, EmbeddedPostgres server) throws Exception {
        try (AskingGate gate = new AskingGate(url, codes::question, some())) {
            gate.awaitEnough();
            server.close();
            told.addAll(gate.end());
            assertThat(gate.lastStatus()).isEqualTo(200);
        }
    }

    /** The same server each time, with all that it holds; on any free port for 0. */
    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private void tell(String what) {
        assertThat(told).hasSizeGreaterThan(ROUNDS);
        LOG.info("A hub that was {} {} times told {} decisions: all are in its ledger", what, ROUNDS, told.size());
    }

    @Test
    void aHubWhoseDiskIsFullTellsNothingMoreAndLosesNothing() throws Exception {
        Path config = config("");
        try (GreenCodes codes = GreenCodes.registeredWith(config)) {
            // In KiB: no file may grow beyond it, the ledger and its write-ahead log among them.
            try (HutongProcess hub = serveLimited("-f 1500", config);
                    AskingGate gate =
                            new AskingGate(hub.awaitBareReady().group(1), codes::question, Integer.MAX_VALUE)) {
                gate.awaitEnough();
                told.addAll(gate.end());
                assertThat(gate.lastStatus()).isEqualTo(503);
                hub.kill();
            }
            assertThat(told).isNotEmpty();
            assertAllToldIsIn(config);
            try (HutongProcess hub = serve(config)) {
                assertThat(askFor(10, hub.awaitBareReady().group(1), codes)).hasSizeGreaterThanOrEqualTo(10);
                assertAllToldIsIn(config);
            }
        }
    }

    @Test
    void aHubThatRunsOutOfFilesGoesOnOnceItHasSomeAgain() throws Exception {
        Path config = config("");
        try (GreenCodes codes = GreenCodes.registeredWith(config);
                HutongProcess hub = serveLimited("-n 260", config)) {
            String url = hub.awaitBareReady().group(1);
            // A class that is first needed while no file can be opened stays broken: what a hub needs it has used
            // before the crowd comes.
            askFor(20, url, codes);

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
            while (askFor(20, url, codes).size() < 20) {
                assertThat(Instant.now()).as("it answers again").isBefore(patience);
            }
            assertAllToldIsIn(config);
        }
    }

    private List<String> askFor(int decisions, String url, GreenCodes codes) throws InterruptedException {
        try (AskingGate gate = new AskingGate(url, codes::question, decisions)) {
            gate.awaitEnough();
            List<String> now = gate.end();
            told.addAll(now);
            return now;
        }
    }
}
