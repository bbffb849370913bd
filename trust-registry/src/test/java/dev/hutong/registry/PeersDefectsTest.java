package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.ED25519;
import static dev.hutong.registry.Fixtures.GUANGDONG;
import static dev.hutong.registry.Fixtures.HANGZHOU;
import static dev.hutong.registry.Fixtures.NOW;
import static dev.hutong.registry.Fixtures.P256;
import static dev.hutong.registry.Fixtures.PROVIDERS;
import static dev.hutong.registry.Fixtures.SM2;
import static dev.hutong.registry.Fixtures.idOf;
import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.BO;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.addition;
import static dev.hutong.registry.FoundedRegistry.ground;
import static dev.hutong.registry.FoundedRegistry.registration;
import static dev.hutong.registry.FoundedRegistry.signed;
import static dev.hutong.registry.FoundedRegistry.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.Authentication.Authenticated;
import dev.hutong.registry.Authentication.Rejected;
import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.IssuerStanding.Status;
import dev.hutong.registry.jose.KeyFault;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.SignedDocument;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.junit.jupiter.api.Test;

/**
 * What went wrong in other certificate gateways, row by row of the list that this project keeps, and does not here. Rows that are not
 * about the registry's own rules (2 in part, 10, 13, 15, 18 to 20) are tested where those things are.
 */
class PeersDefectsTest {
    private static final PrivateJwk NEW_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 970);
    private static final IssuerId CITY = new IssuerId("440100.citycode");

    @Test
    void row1InvalidSignatureIsRefusedAndNotOnlyLogged() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        long size = founded.log.size();
        ObjectNode proposal =
                signed(founded.proposal(new SuspendIssuer(ISSUER)), ANNA).toJson();
        assertThat(ground(founded.desk.propose(Keys.utf8(forged(proposal).toString()))))
                .isEqualTo(Ground.BAD_SIGNATURE);
        assertThat(founded.log.size()).isEqualTo(size);
        String id = founded.proposed(new SuspendIssuer(ISSUER), ANNA);
        taken(founded.approve(id, BO));
        ObjectNode approval = founded.approval(id, FoundedRegistry.CHEN).toJson();
        assertThat(ground(founded.desk.approve(id, Keys.utf8(forged(approval).toString()))))
                .isEqualTo(Ground.BAD_SIGNATURE);
        assertThat(founded.issuer().suspended()).isFalse();
    }

    private static ObjectNode forged(ObjectNode document) {
        ((ObjectNode) document.get("signatures").get(0)).put("signature", StrictBase64Url.encode(new byte[64]));
        return document;
    }

    @Test
    void row2Es256SignatureAsDerIsRefused() throws Exception {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        ObjectNode document =
                signed(founded.proposal(new SuspendIssuer(ISSUER)), ANNA).toJson();
        ObjectNode signature = (ObjectNode) document.get("signatures").get(0);
        byte[] raw = Objects.requireNonNull(
                StrictBase64Url.decodeOrNull(signature.get("signature").textValue()));
        byte[] der = StandardDSAEncoding.INSTANCE.encode(
                new SecP256R1Curve().getOrder(), new BigInteger(1, raw, 0, 32), new BigInteger(1, raw, 32, 32));
        signature.put("signature", StrictBase64Url.encode(der));
        assertThat(ground(founded.desk.propose(Keys.utf8(document.toString())))).isEqualTo(Ground.BAD_SIGNATURE);
    }

    @Test
    void row3CoordinatesHaveTheirFullWidthWhateverTheyBeginWith() {
        PrivateJwk leadingZero = leadingZero();
        FoundedRegistry founded = new FoundedRegistry();
        founded.enact(registration(ISSUER, leadingZero), leadingZero);
        PublicJwk registered = founded.key(leadingZero).jwk();
        assertThat(registered.x()).hasSize(32).startsWith(0);
        assertThat(founded.authenticate(leadingZero, founded.now)).isInstanceOf(Authenticated.class);
        for (int width : List.of(31, 33)) {
            byte[] x = new byte[width];
            System.arraycopy(registered.x(), 32 - Math.min(32, width), x, Math.max(0, width - 32), Math.min(32, width));
            ObjectNode jwk = registered.toJson().put("x", StrictBase64Url.encode(x));
            assertThat(Keys.faultOf(PublicJwk.parse(jwk))).isEqualTo(KeyFault.MALFORMED_COORDINATE);
        }
    }

    private static PrivateJwk leadingZero() {
        for (long seed = 0; ; seed++) {
            PrivateJwk key = Keys.generated(SignatureAlgorithm.ES256, seed);
            if (key.publicJwk().x()[0] == 0) {
                return key;
            }
        }
    }

    @Test
    void row4ExpiredKeyIsExpiredWithoutAnybodyLooking() {
        FoundedRegistry founded = new FoundedRegistry();
        Instant end = NOW.plus(Duration.ofDays(90));
        KeyOffer offer = new KeyOffer(FIRST_KEY.publicJwk(), Optional.empty(), Optional.of(end), Optional.of(end));
        founded.enact(
                new RegisterIssuer(ISSUER, "name", Optional.empty(), Optional.empty(), Optional.of(offer)), FIRST_KEY);
        founded.now = end;
        assertThat(founded.key(FIRST_KEY).stateAt(end)).isEqualTo(KeyState.EXPIRED);
        assertThat(founded.authenticate(FIRST_KEY, NOW)).isEqualTo(new Rejected(Rejection.KEY_RETIRED));
        assertThat(ground(founded.propose(new SuspendIssuer(ISSUER), FIRST_KEY)))
                .isEqualTo(Ground.UNKNOWN_SIGNER);
    }

    @Test
    void row5SquashedHistoryIsNotOpened() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        Checkpoint seen = founded.registry.snapshot().checkpoint();
        List<LogEntry> entries = founded.log.read(0, 100);
        for (int left = 0; left < entries.size() - 1; left++) {
            InMemoryRegistryLog squashed = new InMemoryRegistryLog();
            for (LogEntry entry : entries) {
                if (entry.index() != left) {
                    squashed.put(entry.leaf());
                }
            }
            squashed.put(entries.getLast().leaf());
            assertThatThrownBy(() -> Registry.open(squashed, PROVIDERS, () -> NOW, seen))
                    .as("without entry " + left)
                    .isInstanceOf(CorruptRegistryException.class);
        }
    }

    @Test
    void row6WhatWasWithdrawnStaysKnownHoweverLongOneWasOffline() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        founded.enact(revocation(RevocationReason.COMPROMISED, founded.now), ANNA);
        founded.enact(new WithdrawIssuer(ISSUER), ANNA);
        Instant withdrawn = founded.now;
        founded.pass(Duration.ofDays(3_650));
        founded.enact(registration(HANGZHOU, NEW_KEY), NEW_KEY);
        RegistrySnapshot years =
                Registry.open(founded.log, PROVIDERS, () -> founded.now).snapshot();
        RegisteredIssuer issuer = years.issuer(ISSUER).orElseThrow();
        assertThat(issuer.status()).isEqualTo(Status.WITHDRAWN);
        assertThat(issuer.standing().since()).isEqualTo(withdrawn);
        assertThat(issuer.keys())
                .singleElement()
                .satisfies(key -> assertThat(key.revocation()).isPresent());
    }

    @Test
    void row7RevocationConcernsTheIssuerWhoseKeyItIsAndNoOther() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        founded.enact(registration(HANGZHOU, NEW_KEY), NEW_KEY);
        Action another = new RevokeKey(HANGZHOU, idOf(FIRST_KEY), RevocationReason.COMPROMISED, founded.now, true);
        assertThat(ground(founded.propose(another, ANNA))).isEqualTo(Ground.UNKNOWN_KEY);
        RegisteredProposal proposal = taken(founded.propose(breakGlass(), ANNA));
        assertThat(((Action.OfIssuer) proposal.proposal().action()).issuer()).isEqualTo(ISSUER);
        assertThat(founded.key(FIRST_KEY).standing().entry()).isEqualTo(proposal.entry());
        assertThat(founded.registry.snapshot().issuer(HANGZHOU).orElseThrow().keys())
                .allSatisfy(key -> assertThat(key.revocation()).isEmpty());
    }

    @Test
    void row8EntriesOfOneInstantAndOfClocksRunningBackwardsAreEachTakenOnce() {
        InMemoryRegistryLog log = new InMemoryRegistryLog();
        Registry reader = Registry.open(log, PROVIDERS, () -> NOW);
        Registry writer = Registry.open(log, PROVIDERS, () -> NOW);
        List<Instant> times = List.of(NOW, NOW, NOW, NOW.minusSeconds(5), NOW.plusMillis(1), NOW.minusSeconds(9));
        List<PrivateJwk> keys = new ArrayList<>();
        writer.append(List.of(Fixtures.registered(GUANGDONG)));
        for (Instant at : times) {
            PrivateJwk key = Keys.generated(SignatureAlgorithm.EDDSA, 980 + keys.size());
            keys.add(key);
            writer.append(List.of(new RegistryEvent.KeyActivated(
                    at,
                    GUANGDONG,
                    key.publicJwk(),
                    Optional.empty(),
                    Optional.empty(),
                    RegistryEvent.KeyActivated.LOCAL_DEVELOPMENT)));
            reader.refresh();
        }
        assertThat(reader.snapshot().issuer(GUANGDONG).orElseThrow().keys())
                .extracting(RegisteredKey::id)
                .containsExactlyElementsOf(keys.stream().map(Fixtures::idOf).toList());
        assertThat(reader.snapshot().time()).isEqualTo(NOW.plusMillis(1));
    }

    @Test
    void row9KeyIsCompiledAndCheckedOnceAndNotOnEveryRequest() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        RegisteredKey before = founded.key(FIRST_KEY);
        founded.enact(addition(NEW_KEY), NEW_KEY, FIRST_KEY);
        assertThat(founded.key(FIRST_KEY).verifier()).isSameAs(before.verifier());
        assertThat(founded.registry.refresh()).isSameAs(founded.registry.snapshot());
    }

    @Test
    void row11WhoAnswersForWhomIsByIdAndItsLimitsAreChecked() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        RegisterIssuer city = new RegisterIssuer(
                CITY,
                "issuer " + ISSUER,
                Optional.empty(),
                Optional.of(ISSUER),
                Optional.of(KeyOffer.unbounded(NEW_KEY.publicJwk())));
        assertThat(ground(founded.propose(city, NEW_KEY, FIRST_KEY))).isEqualTo(Ground.NOT_DELEGATED);
        Set<SignatureAlgorithm> es256 = Set.of(SignatureAlgorithm.ES256);
        founded.enact(
                new Delegate(ISSUER, Optional.of(new Delegation("44", Set.of("citycode"), es256, 1, Optional.empty()))),
                FIRST_KEY);
        assertThat(ground(founded.propose(city, NEW_KEY, FIRST_KEY))).isEqualTo(Ground.NOT_DELEGATED);
    }

    @Test
    void row12BatchThatEndsBadlyLeavesTheWholeSnapshotAsItWas() {
        InMemoryRegistryLog log = new InMemoryRegistryLog();
        Registry registry = Registry.open(log, PROVIDERS, () -> NOW);
        registry.append(List.of(Fixtures.registered(GUANGDONG), Fixtures.activated(GUANGDONG, P256)));
        RegistrySnapshot before = registry.snapshot();
        log.put(RegistryEventCodec.encode(Fixtures.suspended(GUANGDONG)));
        log.put(RegistryEventCodec.encode(Fixtures.suspended(HANGZHOU)));
        assertThatThrownBy(registry::refresh).isInstanceOf(CorruptRegistryException.class);
        assertThat(registry.snapshot()).isSameAs(before);
        assertThat(registry.snapshot().standing(GUANGDONG, NOW)).isEmpty();
    }

    @Test
    void row14EveryUntrustedKeyIsListedWithItsReason() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        founded.enact(revocation(RevocationReason.SUPERSEDED, founded.now), FIRST_KEY);
        RegisteredKey key = founded.key(FIRST_KEY);
        assertThat(key.standing().state().reason()).isEqualTo("because");
        assertThat(key.revocation()).contains(new Revocation(RevocationReason.SUPERSEDED, founded.now, founded.now));
        ObjectNode broken = NEW_KEY.publicJwk().toJson().put("kid", "Key1PRO");
        ObjectNode proposal = founded.proposal(addition(NEW_KEY)).toJson();
        ((ObjectNode) proposal.get("action")).set("key", broken);
        var receipt = (ProposalDesk.Receipt.Refused)
                founded.hand(SignedDocument.sign(proposal, Proposal.TYPE, List.of(NEW_KEY), PROVIDERS));
        assertThat(receipt.why().detail())
                .contains("THUMBPRINT_MISMATCH", "Key1PRO", KeyFault.THUMBPRINT_MISMATCH.remedy());
    }

    @Test
    void row16WhatWasRevokedNeverBecomesGoodAgain() {
        FoundedRegistry founded = FoundedRegistry.withIssuer();
        taken(founded.propose(breakGlass(), ANNA));
        founded.pass(Duration.ofMinutes(10).negated());
        for (RevocationReason reason : RevocationReason.values()) {
            assertThat(ground(founded.propose(revocation(reason, founded.now.plusSeconds(9_999)), BO)))
                    .isEqualTo(Ground.REVOCATION_NOT_STRICTER);
        }
        assertThat(ground(founded.propose(new Action.ResumeKey(ISSUER, idOf(FIRST_KEY)), BO)))
                .isEqualTo(Ground.KEY_STATE_FORBIDS);
        assertThat(ground(founded.propose(registration(HANGZHOU, FIRST_KEY), FIRST_KEY)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        for (Instant signedAt : List.of(Instant.EPOCH, NOW, NOW.plus(Duration.ofDays(9)))) {
            assertThat(founded.authenticate(FIRST_KEY, signedAt)).isEqualTo(new Rejected(Rejection.KEY_REVOKED));
        }
    }

    @Test
    void row17KidIsTheThumbprintAndOneKeyIsNeverTwoIssuers() {
        for (String kid :
                List.of("Key1PRO", "", "../../key", P256.publicJwk().kid().substring(1))) {
            assertThat(KeyId.parse(kid)).isEmpty();
            assertThat(Keys.faultOf(PublicJwk.parse(P256.publicJwk().toJson().put("kid", kid))))
                    .isEqualTo(KeyFault.THUMBPRINT_MISMATCH);
        }
        FoundedRegistry founded = new FoundedRegistry();
        founded.enact(registration(GUANGDONG, SM2), SM2);
        PublicJwk otherSignerId = Keys.admitted(SM2.publicJwk().toJson().put("sm2_id", "another"));
        assertThat(otherSignerId).isNotEqualTo(SM2.publicJwk());
        for (PublicJwk twice : List.of(SM2.publicJwk(), otherSignerId)) {
            RegisterIssuer registration = new RegisterIssuer(
                    HANGZHOU, "b", Optional.empty(), Optional.empty(), Optional.of(KeyOffer.unbounded(twice)));
            assertThat(ground(founded.propose(registration, SM2)))
                    .isIn(Ground.KEY_ALREADY_REGISTERED, Ground.BAD_SIGNATURE);
        }
        founded.enact(registration(HANGZHOU, ED25519), ED25519);
        assertThat(founded.registry.snapshot().authenticate(HANGZHOU, Fixtures.token(SM2, NOW), NOW))
                .isEqualTo(new Rejected(Rejection.UNKNOWN_KEY));
    }

    private static RevokeKey breakGlass() {
        return new RevokeKey(ISSUER, idOf(FIRST_KEY), RevocationReason.COMPROMISED, NOW, true);
    }

    private static RevokeKey revocation(RevocationReason reason, Instant cutOff) {
        return new RevokeKey(ISSUER, idOf(FIRST_KEY), reason, cutOff, false);
    }
}
