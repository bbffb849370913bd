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
import dev.hutong.registry.ProposalDesk.Receipt;
import dev.hutong.registry.proposal.Action.PublishRules;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import dev.hutong.registry.proposal.RulesOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An issuer's rules take effect as a key does: proposed, approved by two, for ever. */
class PublishRulesTest {
    private static final Duration LEAD = Duration.ofDays(2);
    private static final RulesDigest DIGEST = RulesDigest.of(new byte[32]);

    private final FoundedRegistry founded = FoundedRegistry.withIssuer();

    private static PublishRules rules(String version, Instant validFrom) {
        return new PublishRules(
                ISSUER, new RulesOffer(new RulesVersion(version), DIGEST, validFrom, Optional.empty(), false));
    }

    private static PublishRules emergency(String version, Instant validFrom, Duration lasts) {
        return new PublishRules(
                ISSUER,
                new RulesOffer(new RulesVersion(version), DIGEST, validFrom, Optional.of(validFrom.plus(lasts)), true));
    }

    private Instant inTime() {
        return founded.now.plus(LEAD);
    }

    @Test
    void withTwoApprovalsAVersionIsPublishedWithItsDigestAndTimes() {
        RegisteredProposal proposal = founded.enact(rules("1.1.0", inTime()), FIRST_KEY);

        PublishedRules published = founded.issuer().rules().getFirst();
        assertThat(published.version()).isEqualTo(new RulesVersion("1.1.0"));
        assertThat(published.digest()).isEqualTo(DIGEST);
        assertThat(published.validFrom()).isEqualTo(inTime());
        assertThat(published.publishedAt()).isEqualTo(founded.now);
        assertThat(published.origin()).isEqualTo("proposal " + proposal.id());
        assertThat(published.entry())
                .isEqualTo(founded.registry.snapshot().checkpoint().size() - 1);
    }

    @Test
    void withOneApprovalNothingIsPublished() {
        String id = founded.proposed(rules("1.1.0", inTime()), ANNA);
        founded.approve(id, BO);
        assertThat(founded.issuer().rules()).isEmpty();
    }

    @Test
    void theRegistryRemembersWhichRulesWereKnownThen() {
        founded.pass(Duration.ofDays(1));
        founded.enact(rules("1.1.0", inTime()), ANNA);
        Instant first = founded.now;
        founded.pass(Duration.ofDays(1));
        founded.enact(rules("1.2.0", inTime()), ANNA);

        RegistrySnapshot snapshot = founded.registry.snapshot();
        assertThat(snapshot.asOf(first.minusMillis(1))
                        .issuer(ISSUER)
                        .orElseThrow()
                        .rules())
                .isEmpty();
        assertThat(snapshot.asOf(first).issuer(ISSUER).orElseThrow().rules()).hasSize(1);
        assertThat(snapshot.asOf(founded.now).issuer(ISSUER).orElseThrow().rules())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"1.2.0,1.2.0", "1.2.0,1.1.9", "1.10.0,1.9.0", "2.0.0,1.99.99"})
    void aVersionThatIsNotHigherIsRefusedWithWhatToDo(String published, String proposed) {
        founded.enact(rules(published, inTime()), ANNA);
        Receipt receipt = founded.propose(rules(proposed, inTime()), ANNA);
        assertThat(ground(receipt)).isEqualTo(Ground.RULES_NOT_NEWER);
        assertThat(((Receipt.Refused) receipt).why().detail())
                .contains("publish its rules again under a version above " + published);
    }

    @Test
    void aVersionThatALowerOneWouldTakeOverFromIsRefused() {
        founded.enact(rules("1.1.0", inTime().plusSeconds(1)), ANNA);
        assertThat(ground(founded.propose(rules("1.2.0", inTime()), ANNA))).isEqualTo(Ground.RULES_NOT_NEWER);
        founded.enact(rules("1.2.0", inTime().plusSeconds(1)), ANNA);
    }

    @Test
    void rulesArePublishedTwoDaysBeforeTheyJudge() {
        assertThat(ground(founded.propose(rules("1.1.0", inTime().minusMillis(1)), ANNA)))
                .isEqualTo(Ground.LEAD_TIME_TOO_SHORT);
    }

    @Test
    void theLeadTimeCountsFromTheSecondApproval() {
        String id = founded.proposed(rules("1.1.0", inTime()), ANNA);
        founded.approve(id, BO);
        founded.pass(Duration.ofMillis(1));
        assertThat(ground(founded.approve(id, CHEN))).isEqualTo(Ground.LEAD_TIME_TOO_SHORT);
        assertThat(founded.issuer().rules()).isEmpty();
    }

    @Test
    void anEmergencyJudgesAtOnceAndForFourteenDaysAtMost() {
        founded.enact(emergency("1.1.0", founded.now, Duration.ofDays(14)), ANNA);
        assertThat(founded.issuer().rules().getFirst().offer().emergency()).isTrue();
        assertThat(ground(founded.propose(
                        emergency("1.2.0", founded.now, Duration.ofDays(14).plusMillis(1)), ANNA)))
                .isEqualTo(Ground.EMERGENCY_TOO_LONG);
    }

    @Test
    void anEmergencyWithoutAnEndIsRefused() {
        PublishRules endless = new PublishRules(
                ISSUER, new RulesOffer(new RulesVersion("1.1.0"), DIGEST, founded.now, Optional.empty(), true));
        assertThat(ground(founded.propose(endless, ANNA))).isEqualTo(Ground.EMERGENCY_TOO_LONG);
    }

    @Test
    void anEmergencyNeedsTwoApprovalsToo() {
        String id = founded.proposed(emergency("1.1.0", founded.now, Duration.ofDays(1)), ANNA);
        assertThat(founded.issuer().rules()).isEmpty();
        founded.approve(id, BO);
        assertThat(founded.issuer().rules()).isEmpty();
        founded.approve(id, CHEN);
        assertThat(founded.issuer().rules()).hasSize(1);
    }

    @Test
    void rulesThatWouldNeverJudgeAreRefused() {
        assertThat(ground(founded.propose(
                        emergency("1.1.0", founded.now.minus(Duration.ofDays(1)), Duration.ofDays(1)), ANNA)))
                .isEqualTo(Ground.EMPTY_VALIDITY);
        assertThat(ground(founded.propose(emergency("1.1.0", founded.now, Duration.ofSeconds(-1)), ANNA)))
                .isEqualTo(Ground.EMPTY_VALIDITY);
    }

    @Test
    void anIssuerThatLeftPublishesNothing() {
        founded.enact(new WithdrawIssuer(ISSUER), ANNA);
        assertThat(ground(founded.propose(rules("1.1.0", inTime()), ANNA))).isEqualTo(Ground.ISSUER_WITHDRAWN);
    }

    @Test
    void theLogIsReadAgainToTheSameRules() {
        founded.enact(emergency("1.1.0", founded.now, Duration.ofDays(3)), ANNA);
        founded.enact(rules("1.2.0", inTime()), FIRST_KEY);
        RegistrySnapshot again = Registry.open(founded.log, Fixtures.PROVIDERS, () -> founded.now)
                .snapshot();
        assertThat(again.issuer(ISSUER).orElseThrow().rules())
                .isEqualTo(founded.issuer().rules());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "01.0.0", "1.0.0.0", "1.0.0-rc", "", "1234567890.0.0", "v1.0.0", "1.0.0 "})
    void whatIsNoVersionIsNone(String text) {
        assertThat(RulesVersion.parse(text)).isEmpty();
        assertThatThrownBy(() -> new RulesVersion(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
