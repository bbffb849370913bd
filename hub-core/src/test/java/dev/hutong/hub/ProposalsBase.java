package dev.hutong.hub;

import static dev.hutong.hub.FoundedFolder.registration;
import static dev.hutong.hub.ProposalClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry that three operators founded, at a hub that is proposed to. */
abstract class ProposalsBase {
    final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    final PrivateJwk key = FoundedFolder.key(SignatureAlgorithm.ES256);
    FoundedFolder registry;
    TestHub hub;
    ProposalClient client;

    @BeforeEach
    void start(@TempDir Path data) {
        registry = new FoundedFolder(data, clock);
        hub = TestHub.start(TestHub.config(data), clock);
        client = new ProposalClient(hub.verifier(), registry);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    static void assertRefused(Exchange exchange, int status, String problem, String ground) {
        assertThat(exchange.status()).isEqualTo(status);
        assertThat(exchange.problem()).isEqualTo(problem);
        assertThat(exchange.json().get("ground").textValue()).isEqualTo(ground);
        assertThat(exchange.json().get("detail").textValue()).isNotBlank();
    }

    void register() {
        String id = id(client.propose(registration(Codes.GUANGDONG, key), key));
        client.approve(id, registry.anna);
        assertThat(client.approve(id, registry.bo).json().get("stage").textValue())
                .isEqualTo("IN_FORCE");
    }
}
