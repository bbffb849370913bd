package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.proposal.Nonce;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.SignedDocument;
import java.util.regex.Pattern;

/** A hub as whoever changes its registry speaks to it. Only signed documents go there; keys never do. */
record RegistryHub(HubConnection hub) {
    private static final String PROPOSALS = "/v1/registry/proposals";
    private static final Pattern PROPOSAL_ID = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** What the hub wants in the next proposal. */
    record Invitation(String origin, Nonce nonce) {}

    Invitation invitation() throws InterruptedException {
        HubConnection.Answer answer = hub.get("/v1/registry/nonce").orFail();
        JsonNode json = answer.json();
        return new Invitation(
                text(answer, json, "aud"),
                Nonce.parse(text(answer, json, "nonce")).orElseThrow(answer::notFromAHub));
    }

    /** Hands the proposal in; gives it as it then stands. */
    JsonNode propose(SignedDocument document) throws InterruptedException {
        return proposal(hub.post(PROPOSALS, document.toString()).orFail(), document.id());
    }

    /** Hands an approval in; gives the proposal as it then stands. */
    JsonNode approve(String id, SignedDocument approval) throws InterruptedException {
        return proposal(
                hub.post(PROPOSALS + "/" + id + "/approvals", approval.toString())
                        .orFail(),
                id);
    }

    /** The proposal as it stands, with its document. */
    JsonNode proposal(String id) throws InterruptedException {
        if (!PROPOSAL_ID.matcher(id).matches()) {
            throw Arguments.usage(
                    "ID", id, "is no proposal's id: 43 characters, as registry propose and registry status print");
        }
        return proposal(hub.get(PROPOSALS + "/" + id).orFail(), id);
    }

    /**
     * The document of {@link #proposal}, which is the one that was asked for, whatever the hub says about it: its text has the id as its
     * SHA-256.
     */
    SignedDocument document(JsonNode proposal, String id) {
        try {
            SignedDocument document = SignedDocument.of(proposal.path("document"));
            if (document.id().equals(id)) {
                Proposal.of(document);
                return document;
            }
        } catch (IllegalArgumentException malformed) {
            // Whatever it is, it is not what was asked for.
        }
        throw new CommandFailure(
                ExitCodes.FAILED,
                "The hub at " + hub.url() + " shows another text than that of proposal " + id
                        + ": approve nothing there, and ask its operator why");
    }

    private static JsonNode proposal(HubConnection.Answer answer, String id) {
        JsonNode proposal = answer.json();
        if (!proposal.path("id").asText().equals(id) || !proposal.path("stage").isTextual()) {
            throw answer.notFromAHub();
        }
        return proposal;
    }

    private static String text(HubConnection.Answer answer, JsonNode json, String member) {
        if (!json.path(member).isTextual()) {
            throw answer.notFromAHub();
        }
        return json.path(member).textValue();
    }

    /** What becomes of a proposal next, for whoever handed something in. */
    String outlook(JsonNode proposal) {
        String id = proposal.path("id").asText();
        int missing = proposal.path("missingApprovals").asInt();
        String closes = Shown.line(proposal.path("closes").asText());
        String how = ": hutong registry approve " + id + " --key FILE --hub " + hub.url();
        return switch (proposal.path("stage").asText()) {
            case "OPEN" ->
                "It waits for " + missing + (missing == 1 ? " approval" : " approvals") + " until " + closes + how;
            case "UNCONFIRMED" -> "It is in force. ALARM: a second operator must confirm it by " + closes + how;
            case "IN_FORCE" -> "It is in force.";
            default -> "It lapsed at " + closes + ": propose it anew.";
        };
    }
}
