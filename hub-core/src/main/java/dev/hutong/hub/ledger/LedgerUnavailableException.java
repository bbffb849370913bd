package dev.hutong.hub.ledger;

/** A decision that cannot be written down now, so that nobody may be told it: the future's failure, without a stack of its own. */
public final class LedgerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** After how many seconds it is worth asking again. */
    public static final int RETRY_AFTER_SECONDS = 2;

    LedgerUnavailableException(String why) {
        super(why, null, false, false);
    }
}
