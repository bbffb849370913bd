package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.BO;
import static dev.hutong.registry.FoundedRegistry.CHEN;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.LOG_KEY;
import static dev.hutong.registry.FoundedRegistry.ORIGIN;
import static dev.hutong.registry.FoundedRegistry.founded;
import static dev.hutong.registry.FoundedRegistry.genesis;
import static dev.hutong.registry.FoundedRegistry.ground;
import static dev.hutong.registry.FoundedRegistry.registration;
import static dev.hutong.registry.FoundedRegistry.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.RemoveOperator;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Genesis;
import dev.hutong.registry.proposal.RegistryRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who decides about a registry: who founds it, who is let in, and that nobody else does. */
class GovernanceTest {
    private static final PrivateJwk NEW_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 910);
    private static final PrivateJwk STRANGER = Keys.generated(SignatureAlgorithm.ES256, 911);

    @Test
    void aNewOperatorIsLetInByTwoAndAKeyIsNeverUsedTwice() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        founded.enact(new AddOperator("Dora", NEW_KEY.publicJwk()), NEW_KEY);
        assertThat(founded.registry.snapshot().governance().orElseThrow().kidToOperator())
                .hasSize(4);
        assertThat(ground(founded.propose(new AddOperator("Dora", STRANGER.publicJwk()), STRANGER)))
                .isEqualTo(Ground.OPERATOR_NAME_TAKEN);
        assertThat(ground(founded.propose(new AddOperator("Eve", FIRST_KEY.publicJwk()), FIRST_KEY)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        founded.enact(new RemoveOperator(Fixtures.idOf(NEW_KEY)), ANNA);
        assertThat(ground(founded.propose(new AddOperator("Dora", NEW_KEY.publicJwk()), NEW_KEY)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        assertThat(ground(founded.propose(registration(Fixtures.HANGZHOU, NEW_KEY), NEW_KEY)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        assertThat(ground(founded.propose(registration(Fixtures.HANGZHOU, LOG_KEY), LOG_KEY)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
    }

    @Test
    void twoOperatorsAlwaysRemain() {
        FoundedRegistry founded = new FoundedRegistry();
        founded.enact(new RemoveOperator(Fixtures.idOf(CHEN)), CHEN);
        assertThat(ground(founded.propose(new RemoveOperator(Fixtures.idOf(BO)), ANNA)))
                .isEqualTo(Ground.TOO_FEW_OPERATORS);
        assertThat(ground(founded.propose(new RemoveOperator(Fixtures.idOf(CHEN)), ANNA)))
                .isEqualTo(Ground.UNKNOWN_OPERATOR);
    }

    @Test
    void aRegistryIsFoundedOnceByAllItsFirstOperatorsAndNobodyElse() {
        assertThat(refusal(founded(genesis(), ANNA, BO))).isEqualTo(Ground.SIGNATURE_MISSING);
        assertThat(refusal(founded(genesis(), ANNA, BO, CHEN, STRANGER))).isEqualTo(Ground.SIGNATURE_TOO_MANY);
        Genesis alone = new Genesis(
                ORIGIN, LOG_KEY.publicJwk(), genesis().operators().subList(0, 1), RegistryRules.DEFAULT, Fixtures.NOW);
        assertThat(refusal(founded(alone, ANNA))).isEqualTo(Ground.TOO_FEW_OPERATORS);
        FoundedRegistry founded = new FoundedRegistry();
        assertThat(((Registry.Refused) founded.registry.append(List.of(founded(genesis(), ANNA, BO, CHEN))))
                        .why()
                        .ground())
                .isEqualTo(Ground.ALREADY_FOUNDED);
    }

    @Test
    void oneLogIsEitherUnderDualControlOrADevelopmentRegistry() {
        FoundedRegistry founded = new FoundedRegistry();
        assertThat(((Registry.Refused) founded.registry.append(List.of(Fixtures.registered(ISSUER))))
                        .why()
                        .ground())
                .isEqualTo(Ground.UNDER_DUAL_CONTROL);
        InMemoryRegistryLog log = new InMemoryRegistryLog();
        Registry development = Registry.open(log, Fixtures.PROVIDERS, () -> Fixtures.NOW);
        development.append(List.of(Fixtures.registered(ISSUER)));
        ProposalDesk desk = new ProposalDesk(development, founded.nonces, () -> Fixtures.NOW);
        assertThat(ground(desk.propose(Keys.utf8(signed(founded.proposal(new SuspendIssuer(ISSUER)), ANNA)
                        .toString()))))
                .isEqualTo(Ground.NOT_UNDER_DUAL_CONTROL);
    }

    private static Ground refusal(RegistryEvent event) {
        Registry registry = Registry.open(new InMemoryRegistryLog(), Fixtures.PROVIDERS, () -> Fixtures.NOW);
        return ((Registry.Refused) registry.append(List.of(event))).why().ground();
    }
}
