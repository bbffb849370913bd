package dev.hutong.registry;

/** The log holds something that no registry ever wrote. Nobody should guess on: restore the log from a copy. */
public final class CorruptRegistryException extends RegistryStorageException {
    private static final long serialVersionUID = 1L;

    public CorruptRegistryException(String message) {
        super(message);
    }

    public CorruptRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
