package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.clients.TokenForm;
import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.registry.ClientId;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddClientKey;
import dev.hutong.registry.proposal.Action.RegisterClient;
import dev.hutong.registry.proposal.Action.RemoveClientKey;
import dev.hutong.registry.proposal.Action.WithdrawClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients under dual control, at a hub that runs meanwhile: what two operators approved is so at once. */
class WithdrawnClientIT {
    private static final ClientId GATE = new ClientId("gate-7");

    private final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final PrivateJwk key = FoundedFolder.key(SignatureAlgorithm.ES256);
    private final PrivateJwk nextKey = FoundedFolder.key(SignatureAlgorithm.EDDSA);
    private final OAuthClient terms = OAuthClient.of("gate-7", ClientRole.VERIFIER);
    private FoundedFolder registry;
    private TestHub hub;
    private ProposalClient proposals;

    @BeforeEach
    void start(@TempDir Path data) {
        registry = new FoundedFolder(data, clock);
        hub = TestHub.start(TestHub.config(data).withClients(ClientsConfig.REQUIRED), clock);
        proposals = new ProposalClient(hub.verifier(), registry);
        enact(new RegisterClient(GATE, terms.registration().terms(), key.publicJwk()), key);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private void enact(Action action, PrivateJwk... signers) {
        Exchange proposed = proposals.propose(action, signers);
        assertThat(proposed.status()).as(proposed.text()).isEqualTo(201);
        String id = ProposalClient.id(proposed);
        assertThat(proposals.approve(id, registry.anna).status()).isEqualTo(200);
        assertThat(proposals.approve(id, registry.bo).status()).isEqualTo(200);
    }

    private Exchange ask(PrivateJwk with) {
        String form = TokenForm.of(GATE, with, hub.hub().url().toString(), Optional.empty(), clock.instant());
        return OAuthClient.ask(hub, form, Map.of());
    }

    private String token(PrivateJwk with) {
        return ask(with).json().get("access_token").textValue();
    }

    private int resolve(String token) {
        return hub.verifier()
                .resolve("{\"code\":\"\"}".getBytes(StandardCharsets.UTF_8), OAuthClient.bearer(token))
                .status();
    }

    @Test
    void aClientThatTwoApprovedMayAskAtOnce() {
        assertThat(resolve(token(key))).isEqualTo(200);
        Exchange shown = proposals.hub().get(ProposalClient.PROPOSALS);
        assertThat(shown.text()).contains("register-client");
        assertThat(hub.verifier().get("/v1/registry/clients").text()).contains("\"origin\":\"proposal ");
    }

    @Test
    void theTokensOfAWithdrawnClientEndWithIt() {
        String token = token(key);
        assertThat(resolve(token)).isEqualTo(200);
        enact(new WithdrawClient(GATE), key);
        assertThat(resolve(token)).isEqualTo(401);
        assertThat(ask(key).status()).isEqualTo(401);
        assertThat(proposals.hub().get(ProposalClient.PROPOSALS).text()).contains("\"capacity\":\"CLIENT\"");
    }

    @Test
    void aKeyThatIsTakenTakesTheTokensWithIt() {
        enact(new AddClientKey(GATE, nextKey.publicJwk()), key, nextKey);
        String before = token(key);
        assertThat(resolve(before)).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        enact(new RemoveClientKey(GATE, KeyId.of(key.publicJwk())), nextKey);
        assertThat(resolve(before)).isEqualTo(401);
        assertThat(ask(key).status()).isEqualTo(401);
        assertThat(resolve(token(nextKey))).as("Ed25519 will do").isEqualTo(200);
    }
}
