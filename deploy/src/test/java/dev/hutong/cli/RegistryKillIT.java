package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub that is killed while proposals and approvals are handed in, again and again: whatever it acknowledged is in its log, and the log
 * goes on from what was verified before. {@code -Dhutong.kill.rounds=500} kills more often.
 */
class RegistryKillIT {
    private static final int ROUNDS = Integer.getInteger("hutong.kill.rounds", 2);
    private static final int MOST_OF_A_ROUND = 40;

    @TempDir
    private Path folder;

    private HutongProcess serve() throws IOException {
        return HutongProcess.start(
                folder,
                "serve",
                "--port",
                "0",
                "--management-port",
                "0",
                "--data",
                folder.resolve("data").toString());
    }

    @Test
    void whateverAKilledHubAcknowledgedIsInALogThatVerifies() throws Exception {
        FoundedFolder registry = new FoundedFolder(folder.resolve("data"));
        Map<String, JsonNode> idToAcknowledged = new HashMap<>();
        Random random = new Random(5);
        for (int round = 0; round < ROUNDS; round++) {
            int enough = 1 + random.nextInt(MOST_OF_A_ROUND);
            try (HutongProcess hub = serve();
                    Registrars registrars =
                            new Registrars(registry, hub.awaitReady().group(1), enough)) {
                registrars.awaitEnough();
                // The moment within an append, not a wait for anything.
                LockSupport.parkNanos(random.nextInt(3_000_000));
                hub.kill();
                Map<String, JsonNode> ofRound = registrars.end();
                assertThat(documentsIn(ofRound)).as("in round %d", round).isGreaterThanOrEqualTo(enough);
                idToAcknowledged.putAll(ofRound);
            }
            assertInALogThatVerifies(idToAcknowledged);
        }
        assertThat(idToAcknowledged.values())
                .extracting(proposal -> proposal.get("stage").textValue())
                .contains("IN_FORCE");
    }

    private void assertInALogThatVerifies(Map<String, JsonNode> idToAcknowledged) throws Exception {
        try (HutongProcess hub = serve()) {
            String url = hub.awaitReady().group(1);
            RegistryHub desk = new RegistryHub(HubConnection.to(URI.create(url)));
            for (Map.Entry<String, JsonNode> acknowledged : idToAcknowledged.entrySet()) {
                JsonNode kept = desk.proposal(acknowledged.getKey());
                assertThat(kept.get("entry")).isEqualTo(acknowledged.getValue().get("entry"));
                // Others may have been taken that nobody was told of any more.
                assertThat(approvals(kept)).containsAll(approvals(acknowledged.getValue()));
            }
            InProcess verify = InProcess.run(
                    "log",
                    "verify",
                    "--hub",
                    url,
                    "--since",
                    folder.resolve("seen.checkpoint").toString());
            assertThat(verify.exitCode()).as(verify.out() + verify.err()).isZero();
            assertThat(verify.out()).contains("Verified: ");
            hub.kill();
        }
    }

    private static List<JsonNode> approvals(JsonNode proposal) {
        return proposal.get("approvals").valueStream().toList();
    }

    private static int documentsIn(Map<String, JsonNode> idToAcknowledged) {
        return idToAcknowledged.values().stream()
                .mapToInt(proposal -> 1 + proposal.get("approvals").size())
                .sum();
    }
}
