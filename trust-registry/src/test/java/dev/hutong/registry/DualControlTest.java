package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.BO;
import static dev.hutong.registry.FoundedRegistry.CHEN;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.LOG_KEY;
import static dev.hutong.registry.FoundedRegistry.ORIGIN;
import static dev.hutong.registry.FoundedRegistry.addition;
import static dev.hutong.registry.FoundedRegistry.founded;
import static dev.hutong.registry.FoundedRegistry.ground;
import static dev.hutong.registry.FoundedRegistry.registration;
import static dev.hutong.registry.FoundedRegistry.signed;
import static dev.hutong.registry.FoundedRegistry.taken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.RegisteredProposal.Stage;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.RemoveOperator;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.NonceIssuer;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.RegistryRules;
import dev.hutong.registry.proposal.SignedDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DualControlTest {
    private static final PrivateJwk NEW_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 910);
    private static final PrivateJwk STRANGER = Keys.generated(SignatureAlgorithm.ES256, 911);

    @Test
    void aChangeTakesEffectWithTheSecondOperatorsApproval() {
        FoundedRegistry founded = new FoundedRegistry();
        String id = founded.proposed(registration(ISSUER, FIRST_KEY), FIRST_KEY);
        assertThat(founded.registry.snapshot().issuer(ISSUER)).isEmpty();
        assertThat(taken(founded.approve(id, ANNA)).stage()).isEqualTo(Stage.OPEN);
        assertThat(founded.registry.snapshot().issuer(ISSUER)).isEmpty();
        assertThat(taken(founded.approve(id, BO)).stage()).isEqualTo(Stage.IN_FORCE);
        assertThat(founded.issuer().keys()).singleElement().satisfies(key -> {
            assertThat(key.id()).isEqualTo(Fixtures.idOf(FIRST_KEY));
            assertThat(key.origin()).isEqualTo("proposal " + id);
        });
    }

    @Test
    void oneOperatorTwiceIsNotTwo() {
        FoundedRegistry founded = new FoundedRegistry();
        String id = founded.proposed(registration(ISSUER, FIRST_KEY), FIRST_KEY);
        taken(founded.approve(id, ANNA));
        assertThat(ground(founded.approve(id, ANNA))).isEqualTo(Ground.ALREADY_APPROVED);
        assertThat(founded.registry.snapshot().issuer(ISSUER)).isEmpty();
    }

    @Test
    void theProposerIsNeverAnApprover() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        String id = founded.proposed(new SuspendIssuer(ISSUER), ANNA);
        assertThat(ground(founded.approve(id, ANNA))).isEqualTo(Ground.APPROVES_OWN_PROPOSAL);
        taken(founded.approve(id, BO));
        assertThat(founded.issuer().suspended()).isFalse();
        taken(founded.approve(id, CHEN));
        assertThat(founded.issuer().suspended()).isTrue();
    }

    @Test
    void onlyOperatorsApprove() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        String id = founded.proposed(addition(NEW_KEY), NEW_KEY, FIRST_KEY);
        for (PrivateJwk nobody : List.of(FIRST_KEY, NEW_KEY, STRANGER, LOG_KEY)) {
            assertThat(ground(founded.approve(id, nobody))).isEqualTo(Ground.NOT_AN_OPERATOR);
        }
    }

    @Test
    void anOperatorWhoWasRemovedMeanwhileCountsNoLonger() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        PrivateJwk dora = NEW_KEY;
        founded.enact(new AddOperator("Dora", dora.publicJwk()), dora);
        String id = founded.proposed(new SuspendIssuer(ISSUER), FIRST_KEY);
        taken(founded.approve(id, ANNA));
        founded.enact(new RemoveOperator(Fixtures.idOf(ANNA)), dora);
        assertThat(taken(founded.approve(id, BO)).stage()).isEqualTo(Stage.OPEN);
        RegisteredProposal inForce = taken(founded.approve(id, CHEN));
        assertThat(inForce.stage()).isEqualTo(Stage.IN_FORCE);
        assertThat(founded.registry
                        .snapshot()
                        .issuer(ISSUER)
                        .orElseThrow()
                        .standing()
                        .entries())
                .containsExactly(
                        inForce.entry(),
                        inForce.approvals().get(1).entry(),
                        inForce.approvals().get(2).entry());
        assertThat(ground(founded.approve(founded.proposed(new Action.ResumeIssuer(ISSUER), BO), ANNA)))
                .isEqualTo(Ground.NOT_AN_OPERATOR);
    }

    @Test
    void aKeyThatIsBroughtProvesThatItsOwnerHasIt() {
        FoundedRegistry founded = new FoundedRegistry();
        assertThat(ground(founded.propose(registration(ISSUER, FIRST_KEY), ANNA)))
                .isEqualTo(Ground.SIGNATURE_MISSING);
        assertThat(ground(founded.propose(registration(ISSUER, FIRST_KEY), STRANGER)))
                .isEqualTo(Ground.UNKNOWN_SIGNER);
    }

    @Test
    void aRotationIsSignedByThePresentKeyToo() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        assertThat(ground(founded.propose(addition(NEW_KEY), NEW_KEY))).isEqualTo(Ground.SIGNATURE_MISSING);
        assertThat(ground(founded.propose(addition(NEW_KEY), NEW_KEY, ANNA))).isEqualTo(Ground.SIGNATURE_MISSING);
        assertThat(ground(founded.propose(addition(NEW_KEY), FIRST_KEY))).isEqualTo(Ground.SIGNATURE_MISSING);
        founded.enact(addition(NEW_KEY), NEW_KEY, FIRST_KEY);
        assertThat(founded.issuer().keys()).hasSize(2);
    }

    @Test
    void withoutAPresentKeyAnOperatorSignsInItsPlace() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        founded.enact(
                new RevokeKey(ISSUER, Fixtures.idOf(FIRST_KEY), RevocationReason.COMPROMISED, founded.now, false),
                ANNA);
        assertThat(ground(founded.propose(addition(NEW_KEY), NEW_KEY, FIRST_KEY)))
                .isEqualTo(Ground.UNKNOWN_SIGNER);
        assertThat(ground(founded.propose(addition(NEW_KEY), NEW_KEY))).isEqualTo(Ground.SIGNATURE_MISSING);
        founded.enact(addition(NEW_KEY), NEW_KEY, ANNA);
        assertThat(founded.key(NEW_KEY).stateAt(founded.now)).isEqualTo(KeyState.ACTIVE);
    }

    @Test
    void nobodySignsWhoIsNotAskedFor() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        assertThat(ground(founded.propose(addition(NEW_KEY), NEW_KEY, FIRST_KEY, ANNA)))
                .isEqualTo(Ground.SIGNATURE_TOO_MANY);
        assertThat(ground(founded.propose(new SuspendIssuer(ISSUER), FIRST_KEY, ANNA)))
                .isEqualTo(Ground.SIGNATURE_TOO_MANY);
        assertThat(ground(founded.propose(new SuspendIssuer(ISSUER), STRANGER))).isEqualTo(Ground.UNKNOWN_SIGNER);
    }

    @Test
    void aForgedSignatureIsRefusedWhoeverseItIs() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        Proposal one = founded.proposal(new SuspendIssuer(ISSUER));
        Proposal other = founded.proposal(addition(NEW_KEY));
        var json = signed(one, ANNA).toJson();
        json.put("payload", signed(other, ANNA).toJson().get("payload").textValue());
        assertThat(ground(founded.desk.propose(Keys.utf8(json.toString()))))
                .isIn(Ground.BAD_SIGNATURE, Ground.SIGNATURE_MISSING);
        var swapped = signed(one, ANNA).toJson();
        var foreign = signed(other, ANNA).toJson();
        ((com.fasterxml.jackson.databind.node.ObjectNode)
                        swapped.get("signatures").get(0))
                .set("signature", foreign.get("signatures").get(0).get("signature"));
        assertThat(ground(founded.desk.propose(Keys.utf8(swapped.toString())))).isEqualTo(Ground.BAD_SIGNATURE);

        String id = founded.proposed(new SuspendIssuer(ISSUER), ANNA);
        var approval = founded.approval(id, BO).toJson();
        ((com.fasterxml.jackson.databind.node.ObjectNode)
                        approval.get("signatures").get(0))
                .set(
                        "signature",
                        founded.approval("x", BO)
                                .toJson()
                                .get("signatures")
                                .get(0)
                                .get("signature"));
        assertThat(ground(founded.desk.approve(id, Keys.utf8(approval.toString()))))
                .isEqualTo(Ground.BAD_SIGNATURE);
        assertThat(founded.registry.snapshot().proposal(id).orElseThrow().approvals())
                .isEmpty();
    }

    @Test
    void aSignatureForOnePurposeIsNothingForAnother() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        Proposal proposal = founded.proposal(new SuspendIssuer(ISSUER));
        var asApproval = dev.hutong.registry.proposal.SignedDocument.sign(
                proposal.toJson(), dev.hutong.registry.proposal.Approval.TYPE, List.of(ANNA), Fixtures.PROVIDERS);
        assertThat(ground(founded.hand(asApproval))).isEqualTo(Ground.BAD_SIGNATURE);
    }

    @Test
    void whatWasSignedForAnotherRegistryIsNothingHere() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        Proposal elsewhere = new Proposal(
                "other.example/hutong", founded.desk.nonce(), founded.now, "because", new SuspendIssuer(ISSUER));
        assertThat(ground(founded.hand(signed(elsewhere, ANNA)))).isEqualTo(Ground.OTHER_REGISTRY);
    }

    @Test
    void aNonceIsTheHubsOwnFreshAndUsedOnce() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        NonceIssuer stranger = new NonceIssuer(NEW_KEY);
        Action action = new SuspendIssuer(ISSUER);
        Proposal foreign = new Proposal(ORIGIN, stranger.issue(founded.now), founded.now, "because", action);
        assertThat(ground(founded.hand(signed(foreign, ANNA)))).isEqualTo(Ground.NONCE_NOT_FRESH);

        Proposal first = founded.proposal(action);
        Proposal again = new Proposal(ORIGIN, first.nonce(), founded.now, "another reason", action);
        taken(founded.hand(signed(first, ANNA)));
        assertThat(ground(founded.hand(signed(again, ANNA)))).isEqualTo(Ground.NONCE_USED);

        Proposal late = founded.proposal(action);
        founded.pass(Duration.ofMinutes(15));
        assertThat(ground(founded.hand(signed(late, ANNA)))).isEqualTo(Ground.NONCE_NOT_FRESH);
    }

    @Test
    void whatWasSignedLongBeforeTheRegistrysTimeIsRefusedSoThatAHubsClockCannotRunAwayWithIt() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        Action action = new SuspendIssuer(ISSUER);
        Instant honest = founded.now;
        founded.pass(Duration.ofMinutes(20));
        Proposal atTheBound = new Proposal(ORIGIN, founded.desk.nonce(), honest, "because", action);
        String id = taken(founded.hand(signed(atTheBound, FIRST_KEY))).id();
        founded.pass(Duration.ofSeconds(1));
        Proposal beyond = new Proposal(ORIGIN, founded.desk.nonce(), honest, "because", action);
        assertThat(ground(founded.hand(signed(beyond, FIRST_KEY)))).isEqualTo(Ground.MALFORMED_DOCUMENT);

        SignedDocument byAnna = founded.approval(id, ANNA);
        SignedDocument byBo = founded.approval(id, BO);
        founded.pass(Duration.ofHours(24).plusMinutes(5));
        taken(founded.desk.approve(id, Keys.utf8(byAnna.toString())));
        founded.pass(Duration.ofSeconds(1));
        assertThat(ground(founded.desk.approve(id, Keys.utf8(byBo.toString())))).isEqualTo(Ground.MALFORMED_DOCUMENT);
    }

    @Test
    void theSameProposalAgainIsAnsweredWithWhatBecameOfIt() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        var document = signed(founded.proposal(new SuspendIssuer(ISSUER)), ANNA);
        String id = taken(founded.hand(document)).id();
        taken(founded.approve(id, BO));
        long size = founded.log.size();
        assertThat(taken(founded.hand(document)).approvals()).hasSize(1);
        assertThat(founded.log.size()).isEqualTo(size);
    }

    @Test
    void aProposalLapsesAtTheInstantItCloses() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        String id = founded.proposed(new SuspendIssuer(ISSUER), ANNA);
        taken(founded.approve(id, BO));
        founded.pass(RegistryRules.DEFAULT.openFor());
        assertThat(founded.registry.snapshot().proposal(id).orElseThrow().stageAt(founded.now))
                .isEqualTo(Stage.LAPSED);
        assertThat(founded.registry.snapshot().proposal(id).orElseThrow().stageAt(founded.now.minusNanos(1)))
                .isEqualTo(Stage.OPEN);
        assertThat(ground(founded.approve(id, CHEN))).isEqualTo(Ground.PROPOSAL_CLOSED);
        assertThat(founded.issuer().suspended()).isFalse();
    }

    @Test
    void whatIsInForceIsNotApprovedAgain() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        String id = founded.enact(new SuspendIssuer(ISSUER), FIRST_KEY).id();
        assertThat(ground(founded.approve(id, CHEN))).isEqualTo(Ground.PROPOSAL_CLOSED);
    }

    @Test
    void whatCannotTakeEffectIsToldToTheProposer() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        assertThat(ground(founded.propose(registration(ISSUER, NEW_KEY), NEW_KEY)))
                .isEqualTo(Ground.ISSUER_ALREADY_REGISTERED);
        assertThat(ground(founded.propose(new Action.ResumeIssuer(ISSUER), ANNA)))
                .isEqualTo(Ground.NOT_SUSPENDED);
        assertThat(ground(founded.propose(new AddKey(ISSUER, KeyOffer.unbounded(ANNA.publicJwk())), ANNA, FIRST_KEY)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
    }

    @Test
    void ofTwoProposalsThatExcludeEachOtherTheSecondIsRefusedByItsLastApproval() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        String one = founded.proposed(new SuspendIssuer(ISSUER), ANNA);
        String two = founded.proposed(new SuspendIssuer(ISSUER), ANNA);
        taken(founded.approve(two, BO));
        taken(founded.approve(one, BO));
        taken(founded.approve(one, CHEN));
        assertThat(ground(founded.approve(two, CHEN))).isEqualTo(Ground.ALREADY_SUSPENDED);
    }

    @Test
    void breakGlassTakesEffectAtOnceAndIsAnAlarmUntilAnotherConfirmsIt() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        RevokeKey breakGlass =
                new RevokeKey(ISSUER, Fixtures.idOf(FIRST_KEY), RevocationReason.COMPROMISED, founded.now, true);
        assertThat(ground(founded.propose(breakGlass, FIRST_KEY))).isEqualTo(Ground.SIGNATURE_MISSING);
        RegisteredProposal proposal = taken(founded.propose(breakGlass, ANNA));
        assertThat(proposal.stage()).isEqualTo(Stage.UNCONFIRMED);
        assertThat(proposal.closes()).isEqualTo(founded.now.plus(RegistryRules.DEFAULT.confirmWithin()));
        assertThat(founded.key(FIRST_KEY).stateAt(founded.now)).isEqualTo(KeyState.REVOKED);
        assertThat(ground(founded.approve(proposal.id(), ANNA))).isEqualTo(Ground.APPROVES_OWN_PROPOSAL);
        founded.pass(Duration.ofDays(90));
        taken(founded.propose(new SuspendIssuer(ISSUER), BO));
        assertThat(founded.registry
                        .snapshot()
                        .proposal(proposal.id())
                        .orElseThrow()
                        .stageAt(founded.now))
                .isEqualTo(Stage.UNCONFIRMED);
        assertThat(taken(founded.approve(proposal.id(), BO)).stage()).isEqualTo(Stage.IN_FORCE);
    }

    @Test
    void theLogIsReplayedFromOutsideAndEveryForgeryFound() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        founded.enact(addition(NEW_KEY), NEW_KEY, FIRST_KEY);
        List<LogEntry> entries = founded.log.read(0, 100);
        RegistryReplay replay = new RegistryReplay(Fixtures.PROVIDERS);
        assertThat(replay.take(entries)).isEmpty();
        assertThat(replay.snapshot().checkpoint())
                .isEqualTo(founded.registry.snapshot().checkpoint());
        for (int i = 0; i < entries.size(); i++) {
            String leaf = entries.get(i).leaf();
            int at = leaf.lastIndexOf('"', leaf.length() - 6) - 20; // Within the last signature.
            char other = leaf.charAt(at) == 'A' ? 'B' : 'A';
            List<LogEntry> forged = new java.util.ArrayList<>(entries);
            forged.set(i, new LogEntry(i, leaf.substring(0, at) + other + leaf.substring(at + 1)));
            assertThat(new RegistryReplay(Fixtures.PROVIDERS).take(forged)).isPresent();
            List<LogEntry> shortened = new java.util.ArrayList<>(entries);
            shortened.remove(i);
            List<LogEntry> renumbered = new java.util.ArrayList<>();
            shortened.forEach(entry -> renumbered.add(new LogEntry(renumbered.size(), entry.leaf())));
            boolean lastApproval = i == entries.size() - 1;
            assertThat(new RegistryReplay(Fixtures.PROVIDERS).take(renumbered).isPresent())
                    .isEqualTo(!lastApproval && !isFirstOfTwoApprovals(entries, i));
        }
    }

    /** Without it the second one is the first: allowed, but what follows no longer has an issuer to be about. */
    private static boolean isFirstOfTwoApprovals(List<LogEntry> entries, int i) {
        return i >= entries.size() - 2;
    }

    @Test
    void documentsOfAnotherFormAreRefusedWithWhatIsWrong() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        for (String text : List.of(
                "",
                "{}",
                "[]",
                "{\"payload\":\"\",\"signatures\":[]}",
                "{\"payload\":\"e30\",\"signatures\":[{}]}",
                "\u0000")) {
            assertThat(ground(founded.desk.propose(Keys.utf8(text)))).isEqualTo(Ground.MALFORMED_DOCUMENT);
            assertThat(ground(founded.desk.approve("x", Keys.utf8(text)))).isEqualTo(Ground.MALFORMED_DOCUMENT);
        }
        var extra = founded.proposal(new SuspendIssuer(ISSUER)).toJson().put("more", 1);
        assertThat(ground(founded.hand(dev.hutong.registry.proposal.SignedDocument.sign(
                        extra, Proposal.TYPE, List.of(ANNA), Fixtures.PROVIDERS))))
                .isEqualTo(Ground.MALFORMED_DOCUMENT);
    }

    @Test
    void anIssuerBelowAnotherIsSignedByThatOneToo() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        RegisterIssuer child = new RegisterIssuer(
                new IssuerId("440100.suikangma"),
                "child",
                Optional.empty(),
                Optional.of(ISSUER),
                Optional.of(KeyOffer.unbounded(NEW_KEY.publicJwk())));
        assertThat(ground(founded.propose(child, NEW_KEY))).isEqualTo(Ground.SIGNATURE_MISSING);
        assertThat(ground(founded.propose(child, NEW_KEY, ANNA))).isEqualTo(Ground.SIGNATURE_MISSING);
        assertThat(ground(founded.propose(child, NEW_KEY, FIRST_KEY))).isEqualTo(Ground.NOT_DELEGATED);
    }

    @Test
    void anEntryThatNoBundleCouldHoldIsRefused() {
        FoundedRegistry registry = new FoundedRegistry();
        Proposal proposal = registry.proposal(registration(ISSUER, FIRST_KEY));
        String reason = "x".repeat(60_000);
        assertThat(ground(registry.hand(signed(
                        new Proposal(
                                proposal.audience(), proposal.nonce(), proposal.signedAt(), reason, proposal.action()),
                        FIRST_KEY))))
                .isEqualTo(Ground.MALFORMED_DOCUMENT);
    }
}
