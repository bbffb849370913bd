package dev.hutong.registry;

/**
 * The store beneath the registry failed: a full disk, a lost connection, a broken file. Nothing was kept, unless it is an
 * {@link UncertainAppendException}, and never half of it. The message says what to do about it, and holds no secret.
 */
public class RegistryStorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RegistryStorageException(String message, Throwable cause) {
        super(message, cause);
    }

    public RegistryStorageException(String message) {
        super(message);
    }
}
