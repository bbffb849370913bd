package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.idOf;
import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.BO;
import static dev.hutong.registry.FoundedRegistry.CHEN;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.LOG_KEY;
import static dev.hutong.registry.FoundedRegistry.ORIGIN;
import static dev.hutong.registry.FoundedRegistry.addition;
import static dev.hutong.registry.FoundedRegistry.founded;
import static dev.hutong.registry.FoundedRegistry.genesis;
import static dev.hutong.registry.FoundedRegistry.ground;
import static dev.hutong.registry.FoundedRegistry.signed;
import static dev.hutong.registry.FoundedRegistry.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.ProposalDesk.Receipt;
import dev.hutong.registry.RegisteredProposal.Stage;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryEvent.Proposed;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.RemoveOperator;
import dev.hutong.registry.proposal.Action.ResumeIssuer;
import dev.hutong.registry.proposal.Action.ResumeKey;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import dev.hutong.registry.proposal.Approval;
import dev.hutong.registry.proposal.Genesis;
import dev.hutong.registry.proposal.Genesis.FirstOperator;
import dev.hutong.registry.proposal.Nonce;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.RegistryRules;
import dev.hutong.registry.proposal.SignedDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways around dual control that are closed, and the boundary instants of its times. */
class DualControlLimitsTest {
    private static final PrivateJwk NEW_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 960);
    private static final PrivateJwk DORA = Keys.generated(SignatureAlgorithm.ES256, 961);
    private static final Duration CLOCKS_AGREE = Duration.ofMinutes(5);

    private final FoundedRegistry founded = FoundedRegistry.withIssuer();

    @Test
    void aStolenKeyBringsNoOtherInAfterItsOwnRevocation() {
        String id = founded.proposed(addition(NEW_KEY), NEW_KEY, FIRST_KEY);
        taken(founded.approve(id, ANNA));
        taken(founded.propose(revocation(RevocationReason.COMPROMISED, true), ANNA));
        assertThat(ground(founded.approve(id, BO))).isEqualTo(Ground.PROPOSAL_CLOSED);
        assertThat(founded.issuer().keys()).hasSize(1);
    }

    @Test
    void whatASuspendedKeySignedWaitsForItsResumption() {
        String id = founded.proposed(addition(NEW_KEY), NEW_KEY, FIRST_KEY);
        founded.enact(new SuspendKey(ISSUER, idOf(FIRST_KEY)), ANNA);
        assertThat(ground(founded.approve(id, BO))).isEqualTo(Ground.PROPOSAL_CLOSED);
        founded.enact(new ResumeKey(ISSUER, idOf(FIRST_KEY)), ANNA);
        taken(founded.approve(id, ANNA));
        assertThat(taken(founded.approve(id, BO)).stage()).isEqualTo(Stage.IN_FORCE);
    }

    @Test
    void whatASuspendedIssuerSignedWaitsForItsResumption() {
        String id = founded.proposed(addition(NEW_KEY), NEW_KEY, FIRST_KEY);
        taken(founded.approve(id, ANNA));
        founded.enact(new SuspendIssuer(ISSUER), ANNA);
        Receipt refused = founded.approve(id, BO);
        assertThat(ground(refused)).isEqualTo(Ground.PROPOSAL_CLOSED);
        assertThat(((Receipt.Refused) refused).why().detail())
                .contains("its issuer, " + ISSUER + ", is suspended", "propose it anew");
        assertThat(founded.issuer().keys()).hasSize(1);
        founded.enact(new ResumeIssuer(ISSUER), ANNA);
        assertThat(taken(founded.approve(id, BO)).stage()).isEqualTo(Stage.IN_FORCE);
    }

    @Test
    void whatAnIssuerThatLeftSignedIsApprovedNoLonger() {
        String id = founded.proposed(addition(NEW_KEY), NEW_KEY, FIRST_KEY);
        founded.enact(new WithdrawIssuer(ISSUER), ANNA);
        assertThat(ground(founded.approve(id, BO))).isEqualTo(Ground.PROPOSAL_CLOSED);
    }

    @Test
    void whatARemovedOperatorProposedIsApprovedNoLonger() {
        founded.enact(new AddOperator("Dora", DORA.publicJwk()), DORA);
        String id = founded.proposed(new SuspendIssuer(ISSUER), DORA);
        founded.enact(new RemoveOperator(idOf(DORA)), ANNA);
        assertThat(ground(founded.approve(id, BO))).isEqualTo(Ground.PROPOSAL_CLOSED);
        taken(founded.approve(founded.proposed(new SuspendIssuer(ISSUER), ANNA), BO));
    }

    @Test
    void aBreakGlassRevocationOfARemovedOperatorCanStillBeConfirmed() {
        founded.enact(new AddOperator("Dora", DORA.publicJwk()), DORA);
        String id = taken(founded.propose(revocation(RevocationReason.CEASED, true), DORA))
                .id();
        founded.enact(new RemoveOperator(idOf(DORA)), ANNA);
        RegisteredProposal confirmed = taken(founded.approve(id, BO));
        assertThat(confirmed.stage()).isEqualTo(Stage.IN_FORCE);
        assertThat(confirmed.signers()).containsExactly(idOf(DORA));
        assertThat(confirmed.approvals()).singleElement().satisfies(approval -> {
            assertThat(approval.name()).isEqualTo("Bo");
            assertThat(approval.entry()).isEqualTo(founded.log.size() - 1);
        });
        assertThat(ground(founded.approve(id, CHEN))).isEqualTo(Ground.PROPOSAL_CLOSED);
    }

    @Test
    void breakGlassNeverRelaxesASuspensionOrARevocation() {
        founded.enact(new SuspendKey(ISSUER, idOf(FIRST_KEY)), ANNA);
        taken(founded.propose(revocation(RevocationReason.SUPERSEDED, true), ANNA));
        assertThat(founded.authenticate(FIRST_KEY, founded.now.minusSeconds(1)))
                .isEqualTo(new Authentication.Rejected(Rejection.KEY_SUSPENDED));
        taken(founded.propose(revocation(RevocationReason.COMPROMISED, true), ANNA));
        assertThat(ground(founded.propose(revocation(RevocationReason.SUPERSEDED, true), ANNA)))
                .isEqualTo(Ground.REVOCATION_NOT_STRICTER);
    }

    @Test
    void neitherTheLogKeyNorAKeyThatIsBroughtCountsAsAnOperator() {
        assertThat(ground(founded.propose(new RemoveOperator(idOf(CHEN)), LOG_KEY)))
                .isEqualTo(Ground.UNKNOWN_SIGNER);
        assertThat(ground(founded.propose(new RemoveOperator(idOf(CHEN)), FIRST_KEY)))
                .isEqualTo(Ground.SIGNATURE_MISSING);
        assertThat(ground(founded.propose(new AddOperator("Dora", DORA.publicJwk()), ANNA)))
                .isEqualTo(Ground.SIGNATURE_MISSING);
        assertThat(ground(founded.propose(new AddOperator("Dora", DORA.publicJwk()), DORA, ANNA)))
                .isEqualTo(Ground.SIGNATURE_TOO_MANY);
    }

    @Test
    void aKeyThatMayNotSignIsToldWhy() {
        founded.enact(new SuspendIssuer(ISSUER), ANNA);
        assertThat(detail(founded.propose(new WithdrawIssuer(ISSUER), FIRST_KEY)))
                .contains("may not sign now (its issuer, " + ISSUER + ", is suspended)")
                .contains("an operator can sign in its place");
        founded.enact(new SuspendKey(ISSUER, idOf(FIRST_KEY)), ANNA);
        assertThat(detail(founded.propose(new WithdrawIssuer(ISSUER), FIRST_KEY)))
                .contains("may not sign now (SUSPENDED)");
    }

    private static String detail(Receipt receipt) {
        assertThat(ground(receipt)).isEqualTo(Ground.UNKNOWN_SIGNER);
        return ((Receipt.Refused) receipt).why().detail();
    }

    @Test
    void aNewOperatorsKeyApprovesNothingBeforeItsOwnAdmission() {
        String admission = founded.proposed(new AddOperator("Dora", DORA.publicJwk()), DORA);
        String other = founded.proposed(new SuspendIssuer(ISSUER), FIRST_KEY);
        taken(founded.approve(admission, ANNA));
        for (String id : List.of(admission, other)) {
            assertThat(ground(founded.approve(id, DORA))).isEqualTo(Ground.NOT_AN_OPERATOR);
        }
        taken(founded.approve(admission, BO));
        taken(founded.approve(other, DORA));
    }

    @Test
    void aHeaderThatNamesAnotherAlgorithmIsABadSignature() {
        ObjectNode json =
                signed(founded.proposal(new SuspendIssuer(ISSUER)), ANNA).toJson();
        String header =
                "{\"alg\":\"EdDSA\",\"kid\":\"" + ANNA.publicJwk().kid() + "\",\"typ\":\"" + Proposal.TYPE + "\"}";
        ((ObjectNode) json.get("signatures").get(0)).put("protected", StrictBase64Url.encode(Keys.utf8(header)));
        assertThat(ground(founded.desk.propose(Keys.utf8(json.toString())))).isEqualTo(Ground.BAD_SIGNATURE);
    }

    @Test
    void aSignersClockMayRunFiveMinutesAheadAndNoMore() {
        for (Instant ahead : List.of(founded.now.plus(CLOCKS_AGREE), founded.now.minus(Duration.ofMinutes(20)))) {
            taken(founded.hand(signed(dated(ahead), ANNA)));
        }
        Instant tooFar = founded.now.plus(CLOCKS_AGREE).plusSeconds(1);
        assertThat(ground(founded.hand(signed(dated(tooFar), ANNA)))).isEqualTo(Ground.MALFORMED_DOCUMENT);
        String id = founded.proposed(new SuspendIssuer(ISSUER), ANNA);
        SignedDocument approval = SignedDocument.sign(
                new Approval(ORIGIN, id, tooFar).toJson(), Approval.TYPE, List.of(BO), Fixtures.PROVIDERS);
        assertThat(ground(founded.desk.approve(id, Keys.utf8(approval.toString()))))
                .isEqualTo(Ground.MALFORMED_DOCUMENT);
    }

    private Proposal dated(Instant signedAt) {
        return new Proposal(ORIGIN, founded.desk.nonce(), signedAt, "because", new SuspendIssuer(ISSUER));
    }

    @Test
    void anApprovalForAnotherRegistryOrAnUnknownProposalIsNothing() {
        String id = founded.proposed(new SuspendIssuer(ISSUER), ANNA);
        SignedDocument elsewhere = SignedDocument.sign(
                new Approval("other.example", id, founded.now).toJson(),
                Approval.TYPE,
                List.of(BO),
                Fixtures.PROVIDERS);
        assertThat(ground(founded.desk.approve(id, Keys.utf8(elsewhere.toString()))))
                .isEqualTo(Ground.OTHER_REGISTRY);
        assertThat(ground(founded.approve("unknown", BO))).isEqualTo(Ground.UNKNOWN_PROPOSAL);
        assertThat(ground(founded.desk.approve(
                        "another", Keys.utf8(founded.approval(id, BO).toString()))))
                .isEqualTo(Ground.MALFORMED_DOCUMENT);
    }

    @Test
    void aReasonIsOneLine() {
        for (String reason : List.of("", "two\nlines", "x".repeat(501))) {
            Proposal proposal = new Proposal(
                    ORIGIN, founded.desk.nonce(), founded.now, reason, new SuspendKey(ISSUER, idOf(FIRST_KEY)));
            assertThat(ground(founded.hand(signed(proposal, ANNA)))).isEqualTo(Ground.MALFORMED_TEXT);
        }
    }

    @Test
    void aNonceIsUsedOnceByWhicheverHubAndHoweverManyCameBetween() {
        Proposal first = founded.proposal(new SuspendIssuer(ISSUER));
        SignedDocument once = signed(first, ANNA);
        taken(founded.hand(once));
        for (int i = 0; i < 3; i++) {
            founded.pass(Duration.ofMinutes(4));
            taken(founded.propose(new WithdrawIssuer(ISSUER), ANNA));
        }
        Proposal again = new Proposal(ORIGIN, first.nonce(), founded.now, "again", new SuspendIssuer(ISSUER));
        assertThat(ground(founded.hand(signed(again, ANNA)))).isEqualTo(Ground.NONCE_USED);
        Registry.Outcome elsewhere = founded.registry.append(List.of(Proposed.of(founded.now, once)));
        assertThat(((Registry.Refused) elsewhere).why().ground()).isEqualTo(Ground.NONCE_USED);
    }

    @Test
    void aNonceThatAHubWithAFastClockHandedOutIsUsedOnceToo() {
        Nonce early = founded.nonces.issue(founded.now.plus(Nonce.LIFETIME));
        Proposal first = new Proposal(ORIGIN, early, founded.now, "one", new SuspendIssuer(ISSUER));
        taken(founded.hand(signed(first, ANNA)));
        founded.pass(Nonce.LIFETIME.multipliedBy(2).minusNanos(1_000_000));
        Proposal again = new Proposal(ORIGIN, early, founded.now, "two", new SuspendIssuer(ISSUER));
        assertThat(ground(founded.hand(signed(again, ANNA)))).isEqualTo(Ground.NONCE_USED);
    }

    @Test
    void theTimeOfTheRegistryNeverRunsBackwards() {
        String id = founded.proposed(new SuspendIssuer(ISSUER), ANNA);
        Instant closes = founded.registry.snapshot().proposal(id).orElseThrow().closes();
        founded.now = closes;
        taken(founded.propose(new WithdrawIssuer(ISSUER), ANNA));
        founded.now = closes.minusSeconds(60);
        assertThat(ground(founded.approve(id, BO))).isEqualTo(Ground.PROPOSAL_CLOSED);
        taken(founded.propose(new SuspendIssuer(ISSUER), ANNA));
        assertThat(founded.registry.snapshot().time()).isEqualTo(closes);
    }

    @Test
    void whatCameToAnEndIsShownForThirtyDaysMore() {
        RegisteredProposal done = founded.enact(new AddOperator("Dora", DORA.publicJwk()), DORA);
        String lapsed = founded.proposed(new SuspendIssuer(ISSUER), ANNA);
        founded.now = done.closes().plus(DualControl.SHOWN_FOR).minusMillis(1);
        taken(founded.propose(new SuspendIssuer(ISSUER), ANNA));
        assertThat(founded.registry.snapshot().proposal(done.id())).isPresent();
        assertThat(founded.registry.snapshot().proposal(lapsed)).isPresent();
        founded.pass(Duration.ofDays(1)); // Once a day, what is old is let go.
        taken(founded.propose(new SuspendIssuer(ISSUER), BO));
        assertThat(founded.registry.snapshot().proposal(done.id())).isEmpty();
        assertThat(founded.registry.snapshot().proposal(lapsed)).isEmpty();
        assertThat(founded.registry.snapshot().proposals()).hasSize(2);
        assertThat(ground(founded.approve(lapsed, BO))).isEqualTo(Ground.UNKNOWN_PROPOSAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a+b", "a\u00a0b", "a\u2007b", "a\u3000b", "a\tb", "a\nb"})
    void anOriginIsANameThatASignedNoteCanBear(String origin) {
        assertThat(refusal(named(origin))).isEqualTo(Ground.MALFORMED_TEXT);
    }

    @Test
    void anOriginHasAtMostTwoHundredCharacters() {
        assertThat(refusal(named("a".repeat(201)))).isEqualTo(Ground.MALFORMED_TEXT);
        Registry registry = Registry.open(new InMemoryRegistryLog(), Fixtures.PROVIDERS, () -> Fixtures.NOW);
        assertThat(registry.append(List.of(named("a".repeat(200))))).isInstanceOf(Registry.Appended.class);
        assertThat(registry.snapshot().governance().orElseThrow().origin()).hasSize(200);
    }

    private static Founded named(String origin) {
        return founded(
                new Genesis(origin, LOG_KEY.publicJwk(), genesis().operators(), RegistryRules.DEFAULT, Fixtures.NOW),
                ANNA,
                BO,
                CHEN);
    }

    @Test
    void firstOperatorsAreNoTwoOfOneNameOrKeyAndNotTheLog() {
        FirstOperator anna = new FirstOperator("Anna", ANNA.publicJwk());
        assertThat(refusal(first(List.of(anna, new FirstOperator("Anna", BO.publicJwk())), ANNA, BO)))
                .isEqualTo(Ground.OPERATOR_NAME_TAKEN);
        assertThat(refusal(first(List.of(anna, new FirstOperator("Bo", ANNA.publicJwk())), ANNA)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        assertThat(refusal(first(List.of(anna, new FirstOperator("Log", LOG_KEY.publicJwk())), ANNA, LOG_KEY)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        assertThat(refusal(first(List.of(anna, new FirstOperator("B\no", BO.publicJwk())), ANNA, BO)))
                .isEqualTo(Ground.MALFORMED_TEXT);
    }

    private static RegistryEvent first(List<FirstOperator> operators, PrivateJwk... signers) {
        return founded(
                new Genesis(ORIGIN, LOG_KEY.publicJwk(), operators, RegistryRules.DEFAULT, Fixtures.NOW), signers);
    }

    private static Ground refusal(RegistryEvent event) {
        Registry registry = Registry.open(new InMemoryRegistryLog(), Fixtures.PROVIDERS, () -> Fixtures.NOW);
        return ((Registry.Refused) registry.append(List.of(event))).why().ground();
    }

    @Test
    void anEmptyAppendAndAnEventThatIsNotItsDocumentAreMistakesOfTheCaller() {
        assertThatIllegalArgumentException().isThrownBy(() -> founded.registry.append(List.of()));
        Proposal meant = founded.proposal(new SuspendIssuer(ISSUER));
        Proposal said = founded.proposal(new WithdrawIssuer(ISSUER));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> founded.registry.append(List.of(new Proposed(founded.now, signed(said, ANNA), meant))));
        Registry another = Registry.open(new InMemoryRegistryLog(), Fixtures.PROVIDERS, () -> Fixtures.NOW);
        SignedDocument founding = founded(genesis(), ANNA, BO, CHEN).document();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> another.append(List.of(Founded.of(Instant.parse("+10000-01-01T00:00:00Z"), founding))));
        assertThat(founded.issuer().suspended()).isFalse();
    }

    @Test
    void aForeignLogIsReplayedOrFaultedWhateverItSays() {
        List<LogEntry> entries = founded.log.read(0, 100);
        for (int i = 0; i < entries.size(); i++) {
            String leaf = entries.get(i).leaf();
            for (String at :
                    List.of("9999-12-31T23:59:59Z", "+999999999-12-31T23:59:59.999999999Z", "0000-01-01T00:00:00Z")) {
                List<LogEntry> changed = new ArrayList<>(entries);
                changed.set(
                        i,
                        new LogEntry(
                                i,
                                leaf.replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"" + at.replace("+", "\\+") + "\"")));
                RegistryReplay replay = new RegistryReplay(Fixtures.PROVIDERS);
                replay.take(changed).ifPresent(fault -> assertThat(fault).contains("Entry "));
            }
        }
    }

    private RevokeKey revocation(RevocationReason reason, boolean breakGlass) {
        return new RevokeKey(ISSUER, idOf(FIRST_KEY), reason, founded.now, breakGlass);
    }
}
