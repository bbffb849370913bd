package dev.hutong.cli;

/** What the command's exit codes mean; picocli itself gives {@link #USAGE} for options it does not know. */
final class ExitCodes {
    static final int OK = 0;
    /** What was asked for could not be done; a line says why. */
    static final int FAILED = 1;
    /** The command line is not one the command knows. */
    static final int USAGE = 2;
    /** All was told, and something of it wants looking into: a break-glass revocation that nobody has confirmed. */
    static final int ALARM = 3;
    /** What was checked is not what the hub signed: a ledger, or a proof of a record. */
    static final int BROKEN = 4;
    /** The hub could not be reached. */
    static final int UNREACHABLE = 5;

    private ExitCodes() {}
}
