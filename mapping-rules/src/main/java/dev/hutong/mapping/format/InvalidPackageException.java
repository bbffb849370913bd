package dev.hutong.mapping.format;

/** A format package or policy that cannot be used as it is written; the message says where and why. */
public final class InvalidPackageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidPackageException(String message) {
        super(message);
    }

    public InvalidPackageException(String message, Throwable cause) {
        super(message, cause);
    }
}
