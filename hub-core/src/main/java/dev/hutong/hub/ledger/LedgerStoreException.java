package dev.hutong.hub.ledger;

/** Where the ledger is kept did not work: a full disk, a lost connection, a broken file. The message says what to do, and holds no secret. */
public final class LedgerStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    LedgerStoreException(String message) {
        super(message);
    }
}
