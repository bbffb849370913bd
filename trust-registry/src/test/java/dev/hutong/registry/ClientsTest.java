package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.BO;
import static dev.hutong.registry.FoundedRegistry.CHEN;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.ground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.AddClientKey;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.RegisterClient;
import dev.hutong.registry.proposal.Action.RemoveClientKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.WithdrawClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask is decided as who may sign is: proposed, approved by two. */
class ClientsTest {
    private static final ClientId GATE = new ClientId("gate-7.station");
    private static final PrivateJwk KEY = Keys.generated(SignatureAlgorithm.ES256, 950);
    private static final PrivateJwk NEXT_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 951);
    private static final PrivateJwk THIRD_KEY = Keys.generated(SignatureAlgorithm.ES256, 952);
    private static final ClientTerms TERMS =
            new ClientTerms("Gate 7", Set.of(ClientRole.VERIFIER), Set.of("33"), Set.of(), Optional.empty());

    private final FoundedRegistry founded = FoundedRegistry.withIssuer();

    private static RegisterClient registration() {
        return new RegisterClient(GATE, TERMS, KEY.publicJwk());
    }

    private static RemoveClientKey removal(PrivateJwk key) {
        return new RemoveClientKey(GATE, Fixtures.idOf(key));
    }

    private RegisteredClient client() {
        return founded.registry.snapshot().client(GATE).orElseThrow();
    }

    @Test
    void withTwoApprovalsAClientMayAskByItsKey() {
        RegisteredProposal proposal = founded.enact(registration(), KEY);

        assertThat(client().terms()).isEqualTo(TERMS);
        assertThat(client().key(KEY.publicJwk().kid())).isPresent();
        assertThat(client().withdrawn()).isFalse();
        assertThat(client().registeredAt()).isEqualTo(founded.now);
        assertThat(client().origin()).isEqualTo("proposal " + proposal.id());
        assertThat(founded.registry.snapshot().clients()).containsExactly(client());
    }

    @Test
    void withOneApprovalNobodyMayAsk() {
        String id = founded.proposed(registration(), KEY);
        founded.approve(id, BO);
        assertThat(founded.registry.snapshot().client(GATE)).isEmpty();
    }

    @Test
    void whoBringsAKeyMustShowThatItHasIt() {
        assertThat(ground(founded.propose(registration(), ANNA))).isEqualTo(Ground.SIGNATURE_MISSING);
        assertThat(ground(founded.propose(registration(), KEY, ANNA))).isEqualTo(Ground.SIGNATURE_TOO_MANY);
        founded.enact(registration(), KEY);
        assertThat(ground(founded.propose(new AddClientKey(GATE, NEXT_KEY.publicJwk()), KEY)))
                .isEqualTo(Ground.SIGNATURE_MISSING);
    }

    @Test
    void aKeyIsRegisteredOnceForWhoeverItIs() {
        founded.enact(registration(), KEY);
        RegisterClient other = new RegisterClient(new ClientId("other"), TERMS, KEY.publicJwk());
        assertThat(ground(founded.propose(other, KEY))).isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        assertThat(ground(founded.propose(new AddOperator("Dora", KEY.publicJwk()), KEY)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        assertThat(ground(founded.propose(FoundedRegistry.addition(KEY), KEY, FIRST_KEY)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        RegisterClient withIssuersKey = new RegisterClient(new ClientId("other"), TERMS, FIRST_KEY.publicJwk());
        assertThat(ground(founded.propose(withIssuersKey, FIRST_KEY))).isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        RegisterClient withOperatorsKey = new RegisterClient(new ClientId("other"), TERMS, BO.publicJwk());
        assertThat(ground(founded.propose(withOperatorsKey, BO))).isEqualTo(Ground.KEY_ALREADY_REGISTERED);
    }

    @Test
    void aKeyIsExchangedByAddingTheNewOneAndTakingTheOldOne() {
        founded.enact(registration(), KEY);
        founded.pass(Duration.ofDays(1));
        founded.enact(new AddClientKey(GATE, NEXT_KEY.publicJwk()), KEY, NEXT_KEY);
        assertThat(client().keys()).hasSize(2);
        assertThat(client().tokensFrom()).isEqualTo(client().registeredAt());

        founded.pass(Duration.ofHours(1));
        founded.enact(removal(KEY), NEXT_KEY);
        assertThat(client().key(KEY.publicJwk().kid())).isEmpty();
        assertThat(client().tokensFrom()).isEqualTo(founded.now);
    }

    @Test
    void theLastKeyIsNotTaken() {
        founded.enact(registration(), KEY);
        assertThat(ground(founded.propose(removal(KEY), ANNA))).isEqualTo(Ground.KEY_STATE_FORBIDS);
        assertThat(ground(founded.propose(removal(NEXT_KEY), ANNA))).isEqualTo(Ground.UNKNOWN_KEY);
    }

    @Test
    void aKeyThatWasTakenBringsNoOtherIn() {
        founded.enact(registration(), KEY);
        founded.enact(new AddClientKey(GATE, NEXT_KEY.publicJwk()), ANNA, NEXT_KEY);
        String stolen = founded.proposed(new AddClientKey(GATE, THIRD_KEY.publicJwk()), KEY, THIRD_KEY);
        founded.enact(removal(KEY), ANNA);
        assertThat(ground(founded.approve(stolen, BO))).isEqualTo(Ground.PROPOSAL_CLOSED);
        assertThat(ground(founded.propose(new AddClientKey(GATE, KEY.publicJwk()), ANNA, KEY)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
    }

    @Test
    void whoHasLeftStaysAwayAndItsNameIsNobodyElses() {
        founded.enact(registration(), KEY);
        founded.enact(new WithdrawClient(GATE), KEY);
        assertThat(client().withdrawnAt()).contains(founded.now);
        assertThat(client().keys()).isEmpty();
        assertThat(ground(founded.propose(new WithdrawClient(GATE), ANNA))).isEqualTo(Ground.CLIENT_WITHDRAWN);
        assertThat(ground(founded.propose(new RegisterClient(GATE, TERMS, NEXT_KEY.publicJwk()), NEXT_KEY)))
                .isEqualTo(Ground.CLIENT_ALREADY_REGISTERED);
    }

    @Test
    void oneClientDoesNotDecideAboutAnother() {
        founded.enact(registration(), KEY);
        founded.enact(new RegisterClient(new ClientId("other"), TERMS, NEXT_KEY.publicJwk()), NEXT_KEY);
        assertThat(ground(founded.propose(new WithdrawClient(GATE), NEXT_KEY))).isEqualTo(Ground.UNKNOWN_SIGNER);
        assertThat(ground(founded.propose(new WithdrawClient(GATE), FIRST_KEY))).isEqualTo(Ground.SIGNATURE_MISSING);
        assertThat(ground(founded.propose(new WithdrawClient(new ClientId("nobody")), ANNA)))
                .isEqualTo(Ground.UNKNOWN_CLIENT);
    }

    @Test
    void aClientsKeySignsNothingElse() {
        founded.enact(registration(), KEY);
        assertThat(ground(founded.propose(new SuspendIssuer(ISSUER), KEY))).isEqualTo(Ground.UNKNOWN_SIGNER);
    }

    @Test
    void anSm2KeyIsNoClients() {
        assertThatThrownBy(() -> new RegisterClient(GATE, TERMS, CHEN.publicJwk()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ES256 or EdDSA");
    }

    @Test
    void theLogIsReadAgainToTheSameClients() {
        founded.enact(registration(), KEY);
        founded.enact(new AddClientKey(GATE, NEXT_KEY.publicJwk()), ANNA, NEXT_KEY);
        RegisteredClient again = Registry.open(founded.log, Fixtures.PROVIDERS, () -> founded.now)
                .snapshot()
                .client(GATE)
                .orElseThrow();
        assertThat(again.terms()).isEqualTo(client().terms());
        assertThat(again.keys())
                .extracting(RegisteredClient.Key::id)
                .isEqualTo(
                        client().keys().stream().map(RegisteredClient.Key::id).toList());
    }

    @Test
    void aDevelopmentRegistryLetsAClientInAtOnceAndItsEntrySaysSo() {
        Registry registry = Registry.open(new InMemoryRegistryLog(), Fixtures.PROVIDERS, () -> Fixtures.NOW);
        LocalRegistration local = new LocalRegistration(registry, InstantSource.fixed(Fixtures.NOW));
        assertThat(local.add(registration())).isInstanceOf(LocalRegistration.Result.Added.class);
        assertThat(registry.snapshot().client(GATE).orElseThrow().origin()).isEqualTo("local-development");
        assertThat(local.add(registration())).isInstanceOf(LocalRegistration.Result.Refused.class);
    }

    @Test
    void aFoundedRegistryTakesNobodyInWithoutApproval() {
        LocalRegistration local = new LocalRegistration(founded.registry, InstantSource.fixed(founded.now));
        assertThat(local.add(registration()))
                .isInstanceOfSatisfying(
                        LocalRegistration.Result.Refused.class,
                        refused -> assertThat(refused.why()).contains("dual control"));
    }

    @Test
    void aClientMayAskForItsRegionsOnly() {
        ClientTerms zhejiang =
                new ClientTerms("n", Set.of(ClientRole.VERIFIER), Set.of("33", "440100"), Set.of(), Optional.empty());
        assertThat(List.of("330000", "330106", "440100")).allMatch(zhejiang::mayAskFor);
        assertThat(List.of("440000", "440106", "310000", "", "3")).noneMatch(zhejiang::mayAskFor);
        assertThat(zhejiang.mayAskFor(null)).isFalse();
        ClientTerms anywhere = new ClientTerms("n", Set.of(ClientRole.VERIFIER), Set.of(), Set.of(), Optional.empty());
        assertThat(anywhere.mayAskFor(null)).isTrue();
        assertThat(anywhere.mayAskFor("330000")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "A1", "7gate", "gate ", "gate_7", "gate.", "门", "gate/../x"})
    void whatIsNoClientIdIsNone(String text) {
        assertThat(ClientId.parse(text)).isEmpty();
        assertThatThrownBy(() -> new ClientId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "330", "3301000", "xx", ""})
    void whatIsNoRegionIsNone(String region) {
        assertThatThrownBy(() ->
                        new ClientTerms("n", Set.of(ClientRole.VERIFIER), Set.of(region), Set.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
