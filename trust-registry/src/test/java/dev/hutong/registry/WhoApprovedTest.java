package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.idOf;
import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.BO;
import static dev.hutong.registry.FoundedRegistry.CHEN;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.taken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.monitor.LogVerification;
import dev.hutong.registry.monitor.LogVerification.Expectation;
import dev.hutong.registry.monitor.Verdict;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.RemoveOperator;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever verifies a log is told whose approvals counted, by names that operators have given each other. */
class WhoApprovedTest {
    private static final PrivateJwk DORA = Keys.generated(SignatureAlgorithm.ES256, 970);
    private static final PrivateJwk STRANGER = Keys.generated(SignatureAlgorithm.EDDSA, 971);

    private final FoundedRegistry founded = FoundedRegistry.withIssuer();

    private String lastDecision() throws InterruptedException {
        Verdict verdict = LogVerification.verify(
                ShownLog.of(founded.log),
                new Expectation(Optional.empty(), Optional.empty(), false),
                Fixtures.PROVIDERS);
        assertThat(verdict).isInstanceOf(Verdict.Verified.class);
        return ((Verdict.Verified) verdict).summary().decisions().getLast();
    }

    private long lastEntry() {
        return founded.log.size() - 1;
    }

    private void admitDora() {
        founded.enact(new AddOperator("Dora", DORA.publicJwk()), DORA);
    }

    @Test
    void anOperatorIsNamedFromTheirAdmissionOn() throws InterruptedException {
        admitDora();
        assertThat(lastDecision())
                .contains("operator Dora is let in; proposed by key " + idOf(DORA) + "; approved by Anna (entry ");
        String id = founded.proposed(new SuspendIssuer(ISSUER), FIRST_KEY);
        taken(founded.approve(id, DORA));
        taken(founded.approve(id, BO));
        assertThat(lastDecision()).contains("approved by Dora (entry ").endsWith(" and Bo (entry " + lastEntry() + ")");
    }

    @Test
    void anApprovalOfAnOperatorRemovedMeanwhileIsNoneOfThoseThatCounted() throws InterruptedException {
        admitDora();
        String id = founded.proposed(new SuspendIssuer(ISSUER), FIRST_KEY);
        taken(founded.approve(id, DORA));
        founded.enact(new RemoveOperator(idOf(DORA)), ANNA);
        taken(founded.approve(id, BO));
        assertThat(lastDecision()).contains("operator key " + idOf(DORA) + " is removed");
        taken(founded.approve(id, CHEN));
        assertThat(lastDecision())
                .contains("issuer " + ISSUER + " is suspended")
                .endsWith("approved by Bo (entry " + (lastEntry() - 1) + ") and Chen (entry " + lastEntry() + ")");
    }

    @Test
    void anOperatorsApprovalOfTheirOwnRemovalCounts() throws InterruptedException {
        String id = founded.proposed(new RemoveOperator(idOf(CHEN)), ANNA);
        taken(founded.approve(id, CHEN));
        taken(founded.approve(id, BO));
        assertThat(lastDecision())
                .endsWith("proposed by Anna; approved by Chen (entry " + (lastEntry() - 1) + ") and Bo (entry "
                        + lastEntry() + ")");
    }

    @Test
    void aStrangerWhoCallsThemselvesAnOperatorIsNamedByTheirKey() throws InterruptedException {
        founded.proposed(new AddOperator("Operator Bo", STRANGER.publicJwk()), STRANGER);
        founded.enact(FoundedRegistry.registration(new IssuerId("440100.citycode"), STRANGER), STRANGER);
        assertThat(lastDecision())
                .contains("issuer 440100.citycode", "proposed by key " + idOf(STRANGER) + ";")
                .doesNotContain("Operator Bo");
    }

    @Test
    void whoBrokeTheGlassIsNamedThoughTheyWereRemovedSince() throws InterruptedException {
        admitDora();
        String id = taken(founded.propose(
                        new RevokeKey(ISSUER, idOf(FIRST_KEY), RevocationReason.COMPROMISED, founded.now, true), DORA))
                .id();
        founded.enact(new RemoveOperator(idOf(DORA)), ANNA);
        taken(founded.approve(id, BO));
        assertThat(lastDecision())
                .endsWith("proposed by Dora, in force at once; confirmed by Bo (entry " + lastEntry() + ")");
    }
}
