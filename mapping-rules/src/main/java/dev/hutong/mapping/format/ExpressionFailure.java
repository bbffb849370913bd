package dev.hutong.mapping.format;

/**
 * An expression that type-checks and yet cannot be evaluated on what it was given: a division by zero, an overflow, a text that is no
 * number. A fault of the package's, which admission looks for; where one is met all the same, what was to be said is not said.
 */
public final class ExpressionFailure extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ExpressionFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
