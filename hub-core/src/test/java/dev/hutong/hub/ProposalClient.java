package dev.hutong.hub;

import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.SignedDocument;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Hands proposals and approvals in over HTTP, as a program of an issuer or an operator would. */
record ProposalClient(HubClient hub, FoundedFolder registry) {
    static final String PROPOSALS = "/v1/registry/proposals";

    String nonce() {
        return hub.get("/v1/registry/nonce").json().get("nonce").textValue();
    }

    Exchange propose(Action action, PrivateJwk... signers) {
        return propose(registry.proposal(FoundedFolder.ORIGIN, nonce(), action, signers));
    }

    Exchange propose(SignedDocument document) {
        return post(PROPOSALS, document.toString());
    }

    Exchange approve(String id, PrivateJwk operator) {
        return post(
                PROPOSALS + "/" + id + "/approvals",
                registry.approval(id, operator).toString());
    }

    Exchange post(String path, String body) {
        return hub.send(
                "POST", path, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
    }

    Exchange show(String id) {
        return hub.get(PROPOSALS + "/" + id);
    }

    static String id(Exchange proposal) {
        return proposal.json().get("id").textValue();
    }
}
