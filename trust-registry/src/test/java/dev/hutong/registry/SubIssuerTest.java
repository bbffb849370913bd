package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.idOf;
import static dev.hutong.registry.Fixtures.token;
import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.ground;
import static dev.hutong.registry.FoundedRegistry.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.Authentication.Authenticated;
import dev.hutong.registry.Authentication.Rejected;
import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.ResumeIssuer;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.KeyOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A province ({@link FoundedRegistry#ISSUER}) that answers for a city, which answers for a county. */
class SubIssuerTest {
    private static final IssuerId CITY = new IssuerId("440100.citycode");
    private static final IssuerId COUNTY = new IssuerId("440103.citycode");
    private static final PrivateJwk CITY_KEY = Keys.generated(SignatureAlgorithm.ES256, 920);
    private static final PrivateJwk COUNTY_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 921);
    private static final PrivateJwk NEW_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 922);
    private static final Instant UNTIL = Fixtures.NOW.plus(Duration.ofDays(30));
    private static final Set<SignatureAlgorithm> BOTH = Set.of(SignatureAlgorithm.ES256, SignatureAlgorithm.EDDSA);
    private static final Delegation PROVINCES = new Delegation("44", Set.of("citycode"), BOTH, 2, Optional.of(UNTIL));
    private static final Delegation CITYS = new Delegation("4401", Set.of("citycode"), BOTH, 1, Optional.empty());

    private final FoundedRegistry founded = FoundedRegistry.withIssuer();

    @Test
    void thoseBelowAreGoodWhileThoseAboveAnswerForThem() {
        family();
        assertGood(CITY, CITY_KEY);
        assertGood(COUNTY, COUNTY_KEY);
        assertThat(founded.registry.snapshot().issuer(COUNTY).orElseThrow().parent())
                .contains(CITY);
    }

    @Test
    void aParentsSuspensionReachesAllBelowAtOnceAndEndsWithIt() {
        family();
        founded.enact(new SuspendIssuer(ISSUER), FIRST_KEY);
        assertBad(CITY, CITY_KEY, Rejection.ISSUER_SUSPENDED);
        assertBad(COUNTY, COUNTY_KEY, Rejection.ISSUER_SUSPENDED);
        founded.enact(new ResumeIssuer(ISSUER), ANNA);
        assertGood(CITY, CITY_KEY);
        assertGood(COUNTY, COUNTY_KEY);
        founded.enact(new SuspendIssuer(CITY), FIRST_KEY);
        assertGood(ISSUER, FIRST_KEY);
        assertBad(CITY, CITY_KEY, Rejection.ISSUER_SUSPENDED);
        assertBad(COUNTY, COUNTY_KEY, Rejection.ISSUER_SUSPENDED);
    }

    @Test
    void aParentsWithdrawalReachesAllBelowForEver() {
        family();
        founded.enact(new WithdrawIssuer(ISSUER), ANNA);
        assertBad(ISSUER, FIRST_KEY, Rejection.UNKNOWN_ISSUER);
        assertBad(CITY, CITY_KEY, Rejection.NOT_DELEGATED);
        assertBad(COUNTY, COUNTY_KEY, Rejection.NOT_DELEGATED);
    }

    @Test
    void anEndedDelegationReachesAllBelowAtOnce() {
        family();
        founded.enact(new Delegate(ISSUER, Optional.empty()), FIRST_KEY);
        assertBad(CITY, CITY_KEY, Rejection.NOT_DELEGATED);
        assertBad(COUNTY, COUNTY_KEY, Rejection.NOT_DELEGATED);
        founded.enact(new Delegate(ISSUER, Optional.of(PROVINCES)), FIRST_KEY);
        founded.enact(new Delegate(CITY, Optional.empty()), CITY_KEY);
        assertGood(CITY, CITY_KEY);
        assertBad(COUNTY, COUNTY_KEY, Rejection.NOT_DELEGATED);
    }

    @ParameterizedTest
    @CsvSource({
        "4401, citycode, 2, true, true",
        "440103, citycode, 2, false, true",
        "45, citycode, 2, false, false",
        "44, othercode, 2, false, false",
        "44, citycode, 1, true, false"
    })
    void aNarrowedDelegationReachesWhoeverIsOutsideAtOnce(
            String prefix, String format, int depth, boolean city, boolean county) {
        family();
        founded.enact(
                new Delegate(
                        ISSUER, Optional.of(new Delegation(prefix, Set.of(format), BOTH, depth, Optional.empty()))),
                FIRST_KEY);
        assertThat(standing(CITY)).isEqualTo(city ? Optional.empty() : Optional.of(Rejection.NOT_DELEGATED));
        assertThat(standing(COUNTY)).isEqualTo(county ? Optional.empty() : Optional.of(Rejection.NOT_DELEGATED));
    }

    @Test
    void aDelegationEndsAtItsInstant() {
        family();
        founded.now = UNTIL.minusNanos(1);
        assertGood(COUNTY, COUNTY_KEY);
        founded.now = UNTIL;
        assertBad(CITY, CITY_KEY, Rejection.NOT_DELEGATED);
        assertBad(COUNTY, COUNTY_KEY, Rejection.NOT_DELEGATED);
        assertThat(ground(founded.propose(new SuspendIssuer(COUNTY), CITY_KEY))).isEqualTo(Ground.UNKNOWN_SIGNER);
    }

    @Test
    void anAlgorithmThatIsDelegatedNoLongerIsGoodForNeitherTokensNorProposals() {
        family();
        Delegation narrowed =
                new Delegation("44", Set.of("citycode"), Set.of(SignatureAlgorithm.EDDSA), 2, Optional.empty());
        founded.enact(new Delegate(ISSUER, Optional.of(narrowed)), FIRST_KEY);
        assertGood(COUNTY, COUNTY_KEY);
        assertThat(standing(CITY)).isEmpty();
        assertThat(authentication(CITY, CITY_KEY)).isEqualTo(new Rejected(Rejection.NOT_DELEGATED));
        assertThat(ground(founded.propose(new SuspendIssuer(CITY), CITY_KEY))).isEqualTo(Ground.UNKNOWN_SIGNER);
        assertThat(ground(founded.propose(added(CITY, NEW_KEY), NEW_KEY, CITY_KEY)))
                .isEqualTo(Ground.UNKNOWN_SIGNER);
        founded.enact(added(CITY, NEW_KEY), NEW_KEY, ANNA);
        assertThat(ground(founded.propose(
                        added(COUNTY, Keys.generated(SignatureAlgorithm.ES256, 923)),
                        Keys.generated(SignatureAlgorithm.ES256, 923),
                        COUNTY_KEY)))
                .isEqualTo(Ground.NOT_DELEGATED);
    }

    @Test
    void whatIsOutsideTheDelegationIsNotRegistered() {
        delegate(ISSUER, PROVINCES, FIRST_KEY);
        for (IssuerId outside : new IssuerId[] {new IssuerId("450100.citycode"), new IssuerId("440100.other")}) {
            assertThat(ground(founded.propose(below(ISSUER, outside, CITY_KEY), CITY_KEY, FIRST_KEY)))
                    .isEqualTo(Ground.NOT_DELEGATED);
        }
        PrivateJwk sm2 = Keys.generated(SignatureAlgorithm.SM2, 924);
        assertThat(ground(founded.propose(below(ISSUER, CITY, sm2), sm2, FIRST_KEY)))
                .isEqualTo(Ground.NOT_DELEGATED);
        founded.enact(below(ISSUER, CITY, CITY_KEY), CITY_KEY, FIRST_KEY);
        Delegation wider = new Delegation("", Set.of("citycode", "other"), BOTH, 3, Optional.empty());
        delegate(CITY, wider, CITY_KEY);
        for (IssuerId outside : new IssuerId[] {new IssuerId("110000.citycode"), new IssuerId("440103.other")}) {
            assertThat(ground(founded.propose(below(CITY, outside, COUNTY_KEY), COUNTY_KEY, CITY_KEY)))
                    .isEqualTo(Ground.NOT_DELEGATED);
        }
        founded.enact(below(CITY, COUNTY, COUNTY_KEY), COUNTY_KEY, CITY_KEY);
        delegate(COUNTY, wider, COUNTY_KEY);
        assertThat(ground(
                        founded.propose(below(COUNTY, new IssuerId("440104.citycode"), NEW_KEY), NEW_KEY, COUNTY_KEY)))
                .isEqualTo(Ground.NOT_DELEGATED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "440100.other; may answer for issuers of citycode only",
                "450100.citycode; may answer for regions that begin with «44» only",
                "440100.citycode; may answer for keys of EdDSA only"
            })
    void aRefusalSaysWhichLimitIsExceededAndWhatToDo(IssuerId outside, String limit) {
        delegate(
                ISSUER,
                new Delegation("44", Set.of("citycode"), Set.of(SignatureAlgorithm.EDDSA), 2, Optional.of(UNTIL)),
                FIRST_KEY);
        assertThat(detail(below(ISSUER, outside, CITY_KEY), CITY_KEY, FIRST_KEY))
                .isEqualTo(ISSUER + ", above issuer " + outside + ", " + limit + ": delegate more to " + ISSUER
                        + " first");
    }

    @Test
    void aRefusalSaysThatALevelATimeOrTheDelegationItselfIsMissing() {
        assertThat(detail(below(ISSUER, CITY, CITY_KEY), CITY_KEY, FIRST_KEY))
                .isEqualTo("440000.yuekangma, above issuer 440100.citycode, may answer for nobody: delegate to"
                        + " 440000.yuekangma first");
        family();
        delegate(COUNTY, CITYS, COUNTY_KEY);
        IssuerId town = new IssuerId("440104.citycode");
        assertThat(detail(below(COUNTY, town, NEW_KEY), NEW_KEY, COUNTY_KEY))
                .contains("440100.citycode, above issuer " + town + ", may answer for 1 level(s) below it and no more");
        founded.now = UNTIL;
        assertThat(detail(below(ISSUER, town, NEW_KEY), NEW_KEY, FIRST_KEY))
                .contains("may answer for nobody since " + UNTIL, "delegate more");
    }

    private String detail(Action action, PrivateJwk... signers) {
        ProposalDesk.Receipt receipt = founded.propose(action, signers);
        assertThat(ground(receipt)).isEqualTo(Ground.NOT_DELEGATED);
        return ((ProposalDesk.Receipt.Refused) receipt).why().detail();
    }

    @Test
    void whatWasSignedByAKeyThatNobodyAnswersForAnyMoreIsApprovedNoLonger() {
        family();
        String id = founded.proposed(new SuspendIssuer(COUNTY), CITY_KEY);
        founded.enact(new Delegate(ISSUER, Optional.empty()), FIRST_KEY);
        ProposalDesk.Receipt refused = founded.approve(id, ANNA);
        assertThat(ground(refused)).isEqualTo(Ground.PROPOSAL_CLOSED);
        assertThat(((ProposalDesk.Receipt.Refused) refused).why().detail())
                .contains("440000.yuekangma, above its issuer, may answer for nobody");
    }

    @ParameterizedTest
    @CsvSource({
        "44,   citycode, 2, EDDSA, 4401, 4401",
        "44,   citycode, 2, EDDSA, '',   44",
        "4401, citycode, 2, EDDSA, 44,   4401",
        "44,   citycode, 2, EDDSA, 45,",
        "44,   citycode, 1, EDDSA, 4401,",
        "44,   othercode, 2, EDDSA, 4401,",
        "44,   citycode, 2, ES256, 4401,"
    })
    void thatOthersCouldBeRegisteredBelowIsSaidWhereTheyCould(
            String provinces,
            String format,
            int depth,
            SignatureAlgorithm algorithm,
            String citys,
            @Nullable String open) {
        delegate(ISSUER, PROVINCES, FIRST_KEY);
        founded.enact(below(ISSUER, CITY, CITY_KEY), CITY_KEY, FIRST_KEY);
        delegate(
                CITY,
                new Delegation(citys, Set.of("citycode"), Set.of(SignatureAlgorithm.EDDSA), 1, Optional.empty()),
                CITY_KEY);
        delegate(
                ISSUER,
                new Delegation(
                        provinces,
                        Set.of(format, "yetanother"),
                        Set.of(algorithm, SignatureAlgorithm.SM2),
                        depth,
                        Optional.of(UNTIL)),
                FIRST_KEY);
        RegistryAsOf now = founded.registry.snapshot().asOfNow(founded.now);
        Prospect prospect = now.below(CITY, "citycode").orElseThrow();
        IssuerId child = new IssuerId((open == null ? "440103" : (open + "0103").substring(0, 6)) + ".citycode");
        assertThat(prospect instanceof Prospect.Open).isEqualTo(open != null);
        if (open != null) {
            assertThat(prospect).isEqualTo(new Prospect.Open(open));
        }
        RegistryState state = new RegistryState(Fixtures.PROVIDERS, founded.registry.snapshot());
        Change change = new Change(founded.now, 99, List.of(), "test", "because");
        if (open == null) {
            assertThatThrownBy(() -> state.apply(below(CITY, child, NEW_KEY), Optional.empty(), change))
                    .isInstanceOf(ImpossibleEventException.class);
        } else {
            assertThatNoException()
                    .isThrownBy(() -> state.apply(below(CITY, child, NEW_KEY), Optional.empty(), change));
        }
    }

    @Test
    void nobodyCouldBeRegisteredBelowWhereThereIsNoDelegationOrItIsOver() {
        assertThat(prospectAt(founded.now)).isEqualTo(new Prospect.Closed(ISSUER + " may answer for nobody"));
        delegate(ISSUER, PROVINCES, FIRST_KEY);
        assertThat(prospectAt(UNTIL.minusNanos(1))).isEqualTo(new Prospect.Open("44"));
        assertThat(prospectAt(UNTIL)).isEqualTo(new Prospect.Closed(ISSUER + " may answer for nobody since " + UNTIL));
        assertThat(founded.registry.snapshot().asOfNow(founded.now).below(ISSUER, "no format"))
                .contains(new Prospect.Closed("no issuer can have a format of this name"));
    }

    private Prospect prospectAt(Instant instant) {
        return founded.registry
                .snapshot()
                .asOfNow(instant)
                .below(ISSUER, "citycode")
                .orElseThrow();
    }

    @Test
    void nobodyIsItsOwnParentOrThatOfAStranger() {
        assertThat(ground(founded.propose(below(CITY, CITY, CITY_KEY), CITY_KEY, FIRST_KEY)))
                .isEqualTo(Ground.SIGNATURE_MISSING);
        assertThat(ground(founded.propose(below(COUNTY, CITY, CITY_KEY), CITY_KEY, FIRST_KEY)))
                .isEqualTo(Ground.SIGNATURE_MISSING);
    }

    @Test
    void aParentsKeyProposesForAllBelowAndNobodysForThoseAbove() {
        family();
        taken(founded.propose(new SuspendIssuer(CITY), FIRST_KEY));
        taken(founded.propose(new SuspendIssuer(COUNTY), FIRST_KEY));
        taken(founded.propose(new SuspendKey(COUNTY, idOf(COUNTY_KEY)), CITY_KEY));
        taken(founded.propose(
                new RevokeKey(COUNTY, idOf(COUNTY_KEY), RevocationReason.CEASED, founded.now, false), FIRST_KEY));
        for (Action action : new Action[] {
            new SuspendIssuer(ISSUER), new WithdrawIssuer(ISSUER), new SuspendKey(ISSUER, idOf(FIRST_KEY))
        }) {
            assertThat(ground(founded.propose(action, CITY_KEY))).isEqualTo(Ground.SIGNATURE_MISSING);
            assertThat(ground(founded.propose(action, COUNTY_KEY))).isEqualTo(Ground.SIGNATURE_MISSING);
        }
        assertThat(ground(founded.propose(new SuspendIssuer(CITY), COUNTY_KEY))).isEqualTo(Ground.SIGNATURE_MISSING);
        IssuerId sibling = new IssuerId("440200.citycode");
        founded.enact(below(ISSUER, sibling, NEW_KEY), NEW_KEY, FIRST_KEY);
        assertThat(ground(founded.propose(new SuspendIssuer(CITY), NEW_KEY))).isEqualTo(Ground.SIGNATURE_MISSING);
    }

    @Test
    void aParentsKeyDoesNotStandInForTheChildsAtARotation() {
        family();
        assertThat(ground(founded.propose(added(CITY, NEW_KEY), NEW_KEY, FIRST_KEY)))
                .isEqualTo(Ground.SIGNATURE_MISSING);
        founded.enact(added(CITY, NEW_KEY), NEW_KEY, CITY_KEY);
    }

    @Test
    void whoIsBelowASuspendedOrWithdrawnOneSignsNoProposals() {
        family();
        founded.enact(new SuspendIssuer(ISSUER), FIRST_KEY);
        for (PrivateJwk key : new PrivateJwk[] {FIRST_KEY, CITY_KEY, COUNTY_KEY}) {
            assertThat(ground(founded.propose(new SuspendIssuer(COUNTY), key))).isEqualTo(Ground.UNKNOWN_SIGNER);
        }
        taken(founded.propose(new SuspendIssuer(COUNTY), ANNA));
        founded.enact(new WithdrawIssuer(ISSUER), ANNA);
        assertThat(ground(founded.propose(new SuspendIssuer(COUNTY), FIRST_KEY)))
                .isEqualTo(Ground.ISSUER_WITHDRAWN);
        assertThat(ground(founded.propose(new SuspendIssuer(COUNTY), CITY_KEY))).isEqualTo(Ground.UNKNOWN_SIGNER);
    }

    @Test
    void aSuspendedIssuersKeyIsReplacedByAnOperatorAndIsSeenFirst() {
        founded.enact(new SuspendIssuer(ISSUER), FIRST_KEY);
        assertThat(ground(founded.propose(added(ISSUER, NEW_KEY), NEW_KEY, FIRST_KEY)))
                .isEqualTo(Ground.UNKNOWN_SIGNER);
        founded.enact(added(ISSUER, NEW_KEY), NEW_KEY, ANNA);
        assertThat(founded.key(NEW_KEY).stateAt(founded.now)).isEqualTo(KeyState.PRE_PUBLISHED);
    }

    private void family() {
        delegate(ISSUER, PROVINCES, FIRST_KEY);
        founded.enact(below(ISSUER, CITY, CITY_KEY), CITY_KEY, FIRST_KEY);
        delegate(CITY, CITYS, CITY_KEY);
        founded.enact(below(CITY, COUNTY, COUNTY_KEY), COUNTY_KEY, CITY_KEY);
    }

    private void delegate(IssuerId issuer, Delegation delegation, PrivateJwk signer) {
        founded.enact(new Delegate(issuer, Optional.of(delegation)), signer);
    }

    private static RegisterIssuer below(IssuerId parent, IssuerId child, PrivateJwk key) {
        return new RegisterIssuer(
                child,
                "issuer " + child,
                Optional.empty(),
                Optional.of(parent),
                Optional.of(KeyOffer.unbounded(key.publicJwk())));
    }

    private static AddKey added(IssuerId issuer, PrivateJwk key) {
        return new AddKey(issuer, KeyOffer.unbounded(key.publicJwk()));
    }

    private Optional<Rejection> standing(IssuerId issuer) {
        return founded.registry.snapshot().standing(issuer, founded.now);
    }

    private Authentication authentication(IssuerId issuer, PrivateJwk key) {
        return founded.registry.snapshot().authenticate(issuer, token(key, founded.now), founded.now);
    }

    private void assertGood(IssuerId issuer, PrivateJwk key) {
        assertThat(standing(issuer)).isEmpty();
        assertThat(authentication(issuer, key)).isInstanceOf(Authenticated.class);
    }

    private void assertBad(IssuerId issuer, PrivateJwk key, Rejection why) {
        assertThat(standing(issuer)).contains(why);
        assertThat(authentication(issuer, key)).isEqualTo(new Rejected(why));
    }
}
