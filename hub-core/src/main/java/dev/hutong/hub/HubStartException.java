package dev.hutong.hub;

/** A hub that cannot start; the message is one line that says why and what to do. */
public final class HubStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HubStartException(String message) {
        super(message);
    }
}
