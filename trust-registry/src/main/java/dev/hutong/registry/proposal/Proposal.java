package dev.hutong.registry.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * What somebody wants to be changed, and why. It is signed by the key that it brings, and by whoever else the change needs; it takes effect
 * when two operators who did not sign it have approved it.
 *
 * @param audience the origin of the registry's log, so that what was signed for one registry is nothing to another
 * @param nonce handed out by the registry's hub shortly before; proves that the keys were there then
 * @param signedAt when the proposer says it was signed, in whole seconds
 * @param reason in words, for people
 */
public record Proposal(String audience, Nonce nonce, Instant signedAt, String reason, Action action) {
    /** The {@code typ} of its signatures. */
    public static final String TYPE = "hutong-proposal+jws";

    /**
     * The proposal that this document signs.
     *
     * @throws IllegalArgumentException if it is none, with what is wrong
     */
    public static Proposal of(SignedDocument document) {
        return of(document.content());
    }

    /**
     * The proposal that this text says, such as {@link #toJson} makes it.
     *
     * @throws IllegalArgumentException if it is none, with what is wrong
     */
    public static Proposal of(JsonNode text) {
        JsonMembers members = JsonMembers.of(text, "the proposal");
        Proposal proposal = new Proposal(
                members.text("aud"),
                members.text("nonce", Nonce::parse, "a nonce of this hub"),
                members.seconds("iat"),
                members.text("reason"),
                ActionJson.read(members.required("action")));
        members.noMore();
        return proposal;
    }

    /** The text to be signed. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("aud", audience)
                .put("nonce", nonce.text())
                .put("iat", signedAt.getEpochSecond())
                .put("reason", reason);
        json.set("action", ActionJson.write(action));
        return json;
    }
}
