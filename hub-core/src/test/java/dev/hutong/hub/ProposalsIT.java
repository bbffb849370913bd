package dev.hutong.hub;

import static dev.hutong.hub.FoundedFolder.registration;
import static dev.hutong.hub.ProposalClient.PROPOSALS;
import static dev.hutong.hub.ProposalClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.RemoveOperator;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.SignedDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Proposals and approvals over HTTP, by three operators of a registry that was founded. */
class ProposalsIT extends ProposalsBase {
    private Exchange breakGlass(PrivateJwk operator) {
        return client.propose(
                new RevokeKey(
                        new IssuerId(Codes.GUANGDONG),
                        KeyId.of(key.publicJwk()),
                        RevocationReason.COMPROMISED,
                        clock.instant(),
                        true),
                operator);
    }

    private JsonNode alarms() {
        return hub.operator().get("/health/ready").json().get("alarms");
    }

    @Test
    void aNonceNamesTheRegistryAndIsGoodFor15Minutes() {
        JsonNode nonce = hub.verifier().get("/v1/registry/nonce").json();

        assertThat(nonce.get("aud").textValue()).isEqualTo(FoundedFolder.ORIGIN);
        assertThat(Instant.parse(nonce.get("expiresAt").textValue()))
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
        assertThat(client.nonce()).isNotEqualTo(nonce.get("nonce").textValue());
    }

    @Test
    void operatorsAreToldWithTheirKeysAndTheRules() {
        JsonNode answer = hub.verifier().get("/v1/registry/operators").json();

        assertThat(answer.get("operators").findValuesAsText("name")).containsExactly("Anna", "Bo", "Chen");
        assertThat(answer.at("/operators/2/jwk").toString())
                .isEqualTo(registry.chen.publicJwk().toJson().toString());
        assertThat(answer.at("/rules/visibleFor").textValue()).isEqualTo("PT48H");
        assertThat(answer.at("/logKey/vkey").textValue()).startsWith(FoundedFolder.ORIGIN + "+");
    }

    @Test
    void aRegistrationTakesEffectWithTheApprovalOfTwoOperators() {
        Exchange proposed = client.propose(registration(Codes.GUANGDONG, key), key);
        String id = id(proposed);

        assertThat(proposed.status()).isEqualTo(201);
        assertThat(proposed.header("Location")).isEqualTo(PROPOSALS + "/" + id);
        assertThat(proposed.json().at("/signers/0/capacity").textValue()).isEqualTo("BROUGHT");
        assertThat(proposed.json().get("missingApprovals").intValue()).isEqualTo(2);

        JsonNode once = client.approve(id, registry.anna).json();
        assertThat(once.get("stage").textValue()).isEqualTo("OPEN");
        assertThat(once.get("missingApprovals").intValue()).isEqualTo(1);
        assertThat(hub.verifier().get("/v1/issuers").json().get("issuers")).isEmpty();

        JsonNode twice = client.approve(id, registry.bo).json();
        assertThat(twice.get("stage").textValue()).isEqualTo("IN_FORCE");
        assertThat(twice.get("missingApprovals").intValue()).isZero();
        assertThat(twice.get("approvals").findValuesAsText("operator")).containsExactly("Anna", "Bo");
        assertThat(hub.verifier()
                        .get("/v1/issuers")
                        .json()
                        .at("/issuers/0/keys/0/state")
                        .textValue())
                .isEqualTo("ACTIVE");
    }

    @Test
    void theSameProposalAgainIsAnsweredWithWhatBecameOfIt() {
        SignedDocument document =
                registry.proposal(FoundedFolder.ORIGIN, client.nonce(), registration(Codes.GUANGDONG, key), key);
        Exchange first = client.propose(document);
        client.approve(document.id(), registry.anna);

        Exchange again = client.propose(document);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("entry")).isEqualTo(first.json().get("entry"));
        assertThat(again.json().get("approvals")).hasSize(1);
    }

    @Test
    void aProposalIsShownWithTheDocumentAsItWasSigned() {
        SignedDocument document =
                registry.proposal(FoundedFolder.ORIGIN, client.nonce(), registration(Codes.GUANGDONG, key), key);
        client.propose(document);

        SignedDocument shown =
                SignedDocument.of(client.show(document.id()).json().get("document"));

        assertThat(shown).isEqualTo(document);
        assertThat(shown.id()).isEqualTo(document.id());
        assertThat(client.show("A".repeat(43)).status()).isEqualTo(404);
    }

    @Test
    void proposalsAreListedOldestFirstAndByStage() {
        register();
        String open = id(client.propose(new SuspendIssuer(new IssuerId(Codes.GUANGDONG)), key));

        assertThat(hub.verifier().get(PROPOSALS).json().get("proposals").findValuesAsText("stage"))
                .containsExactly("IN_FORCE", "OPEN");
        assertThat(hub.verifier()
                        .get(PROPOSALS + "?stage=OPEN")
                        .json()
                        .get("proposals")
                        .findValuesAsText("id"))
                .containsExactly(open);
        assertThat(hub.verifier().get(PROPOSALS + "?stage=LAPSED").json().get("proposals"))
                .isEmpty();

        clock.advance(Duration.ofDays(7));
        assertThat(hub.verifier()
                        .get(PROPOSALS + "?stage=LAPSED")
                        .json()
                        .get("proposals")
                        .findValuesAsText("id"))
                .containsExactly(open);
    }

    @Test
    void anOperatorComesInByTheApprovalOfTwo() {
        PrivateJwk dora = FoundedFolder.key(SignatureAlgorithm.ES256);
        String id = id(client.propose(new AddOperator("Dora", dora.publicJwk()), dora));

        client.approve(id, registry.anna);
        client.approve(id, registry.chen);

        assertThat(hub.verifier()
                        .get("/v1/registry/operators")
                        .json()
                        .get("operators")
                        .findValuesAsText("name"))
                .containsExactly("Anna", "Bo", "Chen", "Dora");
    }

    private void enact(Exchange proposed, PrivateJwk... operators) {
        for (PrivateJwk operator : operators) {
            client.approve(id(proposed), operator);
        }
        assertThat(client.show(id(proposed)).json().get("stage").textValue()).isEqualTo("IN_FORCE");
    }

    @Test
    void anOperatorWhoWasRemovedCountsNoLonger() {
        PrivateJwk dora = FoundedFolder.key(SignatureAlgorithm.ES256);
        enact(client.propose(new AddOperator("Dora", dora.publicJwk()), dora), registry.anna, registry.chen);
        String waiting = id(client.propose(registration(Codes.GUANGDONG, key), key));
        client.approve(waiting, registry.anna);

        enact(
                client.propose(new RemoveOperator(KeyId.of(registry.anna.publicJwk())), registry.bo),
                registry.chen,
                dora);

        JsonNode proposal = client.show(waiting).json();
        assertThat(proposal.get("missingApprovals").intValue()).isEqualTo(2);
        assertThat(proposal.get("approvals").findValuesAsText("operator")).containsExactly("Anna");
        assertRefused(client.approve(waiting, registry.anna), 403, "wrong-signers", "NOT_AN_OPERATOR");
        enact(client.show(waiting), registry.bo, dora);
    }

    @Test
    void anIssuerBelowAnotherIsSignedForByThatOne() {
        PrivateJwk below = FoundedFolder.key(SignatureAlgorithm.SM2);
        register();
        RegisterIssuer city = new RegisterIssuer(
                new IssuerId(Codes.GUANGZHOU),
                "below",
                Optional.empty(),
                Optional.of(new IssuerId(Codes.GUANGDONG)),
                Optional.of(KeyOffer.unbounded(below.publicJwk())));
        assertRefused(client.propose(city, below, key), 409, "registry-conflict", "NOT_DELEGATED");
        Delegation delegation =
                new Delegation("44", Set.of("suikangma"), Set.of(SignatureAlgorithm.SM2), 1, Optional.empty());
        enact(
                client.propose(new Delegate(new IssuerId(Codes.GUANGDONG), Optional.of(delegation)), key),
                registry.anna,
                registry.bo);

        Exchange proposed = client.propose(city, below, key);

        assertThat(proposed.json().get("signers").findValuesAsText("capacity"))
                .containsExactlyInAnyOrder("BROUGHT", "ISSUER");
        assertThat(proposed.json().get("signers").findValuesAsText("name")).contains(Codes.GUANGDONG);
        enact(proposed, registry.bo, registry.chen);
    }

    @Test
    void aBreakGlassRevocationIsAnAlarmUntilASecondOperatorConfirmsIt() {
        register();
        assertThat(alarms()).isEmpty();
        Exchange revoked = breakGlass(registry.anna);
        String id = id(revoked);

        assertThat(revoked.json().get("stage").textValue()).isEqualTo("UNCONFIRMED");
        assertThat(revoked.json().get("alarm").textValue())
                .contains(id, key.publicJwk().kid(), "must confirm");
        assertThat(revoked.json().get("missingApprovals").intValue()).isEqualTo(1);
        assertThat(hub.verifier()
                        .get("/v1/issuers")
                        .json()
                        .at("/issuers/0/keys/0/state")
                        .textValue())
                .isEqualTo("REVOKED");
        assertThat(alarms().findValuesAsText("kind")).containsExactly("BREAK_GLASS_UNCONFIRMED");

        clock.advance(Duration.ofHours(24));
        assertThat(alarms().findValuesAsText("kind")).containsExactly("BREAK_GLASS_OVERDUE");
        assertThat(client.show(id).json().get("alarm").textValue()).contains("should have confirmed");

        Exchange confirmed = client.approve(id, registry.bo);
        assertThat(confirmed.json().get("stage").textValue()).isEqualTo("IN_FORCE");
        assertThat(confirmed.json().get("alarm").isNull()).isTrue();
        assertThat(alarms()).isEmpty();
    }
}
