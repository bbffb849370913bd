package dev.hutong.registry;

/**
 * The store failed in such a moment that what was appended may have been kept, all of it: its answer to the commit was lost, or it was kept
 * and cannot be read back. Look into the log before appending it again.
 */
public final class UncertainAppendException extends RegistryStorageException {
    private static final long serialVersionUID = 1L;

    public UncertainAppendException(String message, Throwable cause) {
        super(message, cause);
    }
}
