package dev.hutong.hub.resolve;

import dev.hutong.registry.jose.StrictBase64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;

/**
 * Digests of what the steps of one decision worked on, so that whoever has the same inputs can show that they were these.
 *
 * <p>A digest is the base64url SHA-256 of the decision's id, a line feed, the step's name, a line feed, and the step's input. With the id in
 * it, digests of two decisions about the same code have nothing in common. Not safe for several threads at once.
 */
public final class InputDigests {
    private static final byte LINE_FEED = '\n';

    private final byte[] decision;
    private final MessageDigest digest;

    /** @param decision the decision's id */
    public InputDigests(String decision) {
        this.decision = decision.getBytes(StandardCharsets.US_ASCII);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The digest of one step's input.
     *
     * @param input feeds the input's octets
     */
    public String of(String step, Consumer<MessageDigest> input) {
        digest.update(decision);
        digest.update(LINE_FEED);
        digest.update(step.getBytes(StandardCharsets.US_ASCII));
        digest.update(LINE_FEED);
        input.accept(digest);
        return StrictBase64Url.encode(digest.digest());
    }
}
