package dev.hutong.hub;

import static dev.hutong.hub.FoundedFolder.registration;
import static dev.hutong.hub.ProposalClient.PROPOSALS;
import static dev.hutong.hub.ProposalClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.IssuerId;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proposals and approvals that are refused, each with what is wrong with it. */
class ProposalRefusalsIT extends ProposalsBase {
    @ParameterizedTest
    @ValueSource(strings = {"open", "", "CLOSED", "OPEN%00"})
    void aStageThatIsNoneIsRefused(String stage) {
        Exchange exchange = hub.verifier().get(PROPOSALS + "?stage=" + stage);

        assertThat(exchange.problem()).isEqualTo("invalid-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"payload\":\"e30\",\"signatures\":[]}",
                "{\"payload\":\"e30=\",\"signatures\":[{\"protected\":\"e30\",\"signature\":\"AA\"}]}",
                "{\"payload\":\"e30\",\"payload\":\"e30\"}",
                "{\"payload\":\"e30\",\"protected\":\"e30\",\"signature\":\"AA\"}"
            })
    void whatIsNoSignedDocumentIsRefused(String body) {
        assertRefused(client.post(PROPOSALS, body), 400, "invalid-document", "MALFORMED_DOCUMENT");
        assertRefused(
                client.post(PROPOSALS + "/" + "A".repeat(43) + "/approvals", body),
                400,
                "invalid-document",
                "MALFORMED_DOCUMENT");
    }

    @Test
    void whatWasSignedForAnotherRegistryOrWithAForeignNonceIsRefused() {
        assertRefused(
                client.propose(registry.proposal(
                        "elsewhere.example", client.nonce(), registration(Codes.GUANGDONG, key), key)),
                400,
                "invalid-document",
                "OTHER_REGISTRY");
        assertRefused(
                client.propose(registry.proposal(
                        FoundedFolder.ORIGIN, "A".repeat(54), registration(Codes.GUANGDONG, key), key)),
                400,
                "invalid-document",
                "NONCE_NOT_FRESH");
        String old = client.nonce();
        clock.advance(Duration.ofMinutes(15));
        assertRefused(
                client.propose(registry.proposal(FoundedFolder.ORIGIN, old, registration(Codes.GUANGDONG, key), key)),
                400,
                "invalid-document",
                "NONCE_NOT_FRESH");
    }

    @Test
    void aNonceServesOnce() {
        String nonce = client.nonce();
        client.propose(registry.proposal(FoundedFolder.ORIGIN, nonce, registration(Codes.GUANGDONG, key), key));

        assertRefused(
                client.propose(registry.proposal(FoundedFolder.ORIGIN, nonce, registration(Codes.HANGZHOU, key), key)),
                409,
                "registry-conflict",
                "NONCE_USED");
    }

    @Test
    void whoMustSignAndDidNotIsNamed() {
        assertRefused(
                client.propose(registration(Codes.GUANGDONG, key), registry.anna),
                403,
                "wrong-signers",
                "SIGNATURE_MISSING");
        assertRefused(
                client.propose(registration(Codes.GUANGDONG, key), FoundedFolder.key(SignatureAlgorithm.SM2)),
                403,
                "wrong-signers",
                "UNKNOWN_SIGNER");
        String id = id(client.propose(registration(Codes.GUANGDONG, key), key));
        assertRefused(client.approve(id, key), 403, "wrong-signers", "NOT_AN_OPERATOR");
    }

    @Test
    void aProposerDoesNotApproveAndNobodyApprovesTwice() {
        register();
        String id = id(client.propose(new SuspendIssuer(new IssuerId(Codes.GUANGDONG)), registry.anna));

        assertThat(client.show(id).json().at("/signers/0/name").textValue()).isEqualTo("Anna");
        assertRefused(client.approve(id, registry.anna), 403, "wrong-signers", "APPROVES_OWN_PROPOSAL");
        client.approve(id, registry.bo);
        assertRefused(client.approve(id, registry.bo), 409, "registry-conflict", "ALREADY_APPROVED");
        client.approve(id, registry.chen);
        assertRefused(client.approve(id, registry.chen), 409, "registry-conflict", "PROPOSAL_CLOSED");
    }

    @Test
    void anUnknownProposalIsNotFoundAndAnApprovalOfAnotherIsNone() {
        String id = id(client.propose(registration(Codes.GUANGDONG, key), key));
        String other = "A".repeat(43);

        assertRefused(client.approve(other, registry.anna), 404, "not-found", "UNKNOWN_PROPOSAL");
        assertRefused(
                client.post(
                        PROPOSALS + "/" + other + "/approvals",
                        registry.approval(id, registry.anna).toString()),
                400,
                "invalid-document",
                "MALFORMED_DOCUMENT");
    }

    @Test
    void anImpossibleChangeSaysWhatWouldBePossible() {
        register();

        assertRefused(
                client.propose(registration(Codes.GUANGDONG, FoundedFolder.key(SignatureAlgorithm.SM2)), registry.anna),
                403,
                "wrong-signers",
                "SIGNATURE_MISSING");
        Exchange twice = client.propose(new SuspendIssuer(new IssuerId(Codes.HANGZHOU)), registry.anna);
        assertRefused(twice, 409, "registry-conflict", "UNKNOWN_ISSUER");
        assertThat(twice.json().get("detail").textValue()).contains("register it first", Codes.GUANGDONG);
    }

    @Test
    void documentsMayBeCalledByTheirOwnMediaTypeAndByNoOther() {
        byte[] document = registry.proposal(
                        FoundedFolder.ORIGIN, client.nonce(), registration(Codes.GUANGDONG, key), key)
                .toString()
                .getBytes(StandardCharsets.UTF_8);

        assertThat(hub.verifier()
                        .send("POST", PROPOSALS, document, Map.of("Content-Type", "application/jose"))
                        .problem())
                .isEqualTo("not-json");
        assertThat(hub.verifier()
                        .send("POST", PROPOSALS, document, Map.of("Content-Type", "application/jose+json"))
                        .status())
                .isEqualTo(201);
        assertThat(hub.verifier()
                        .send("POST", "/v1/resolve", document, Map.of("Content-Type", "application/jose+json"))
                        .problem())
                .isEqualTo("not-json");
    }

    @Test
    void aDocumentBeyond64KiBAndAnotherMethodAreRefused() {
        assertThat(client.post(PROPOSALS, "x".repeat(64 * 1024 + 1)).problem()).isEqualTo("body-too-large");
        Exchange deleted = hub.verifier().send("DELETE", PROPOSALS, new byte[0], Map.of());
        assertThat(deleted.status()).isEqualTo(405);
        assertThat(deleted.header("Allow")).isEqualTo("GET, HEAD, POST");
        assertThat(hub.verifier().send("HEAD", PROPOSALS, new byte[0], Map.of()).status())
                .isEqualTo(200);
    }
}
