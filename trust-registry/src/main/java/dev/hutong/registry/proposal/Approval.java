package dev.hutong.registry.proposal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One operator's yes to one proposal.
 *
 * @param audience the origin of the registry's log
 * @param proposal the proposal's {@link SignedDocument#id}
 * @param signedAt when the operator says it was signed, in whole seconds
 */
public record Approval(String audience, String proposal, Instant signedAt) {
    /** The {@code typ} of its signature. */
    public static final String TYPE = "hutong-approval+jws";

    /**
     * The approval that this document signs.
     *
     * @throws IllegalArgumentException if it is none, with what is wrong
     */
    public static Approval of(SignedDocument document) {
        JsonMembers members = JsonMembers.of(document.content(), "the approval");
        Approval approval = new Approval(members.text("aud"), members.text("proposal"), members.seconds("iat"));
        members.noMore();
        if (document.signatures().size() != 1) {
            throw new IllegalArgumentException("an approval has one signature, its operator's");
        }
        return approval;
    }

    /** The text to be signed. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("aud", audience)
                .put("proposal", proposal)
                .put("iat", signedAt.getEpochSecond());
    }
}
