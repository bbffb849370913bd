package dev.hutong.registry.lint;

/** What can be found about a registry. */
public enum LintKind {
    /** A key, a delegation or an entity configuration ends soon, and nothing follows it. */
    EXPIRING,
    /** An issuer has no key that may sign: its codes are refused. */
    KEYLESS,
    /** Something binds less than it should: a key without an end, few operators, entries that nobody approved. */
    WEAK,
    /** A key may sign and did not for long. */
    UNUSED,
    /** More keys of one issuer sign at once than a rotation needs. */
    OVERLAPPING,
    /** Too few witnesses have cosigned the log's head. */
    UNWITNESSED,
    /** A break-glass revocation waits for its confirmation. */
    UNCONFIRMED
}
