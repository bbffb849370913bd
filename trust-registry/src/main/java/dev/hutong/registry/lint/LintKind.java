package dev.hutong.registry.lint;

/** What can be found about a registry. Each has one remedy. */
public enum LintKind {
    /** A key or a delegation ends soon, and nothing follows it. */
    EXPIRING("Propose a successor now, so that it is seen for long enough before it signs."),
    /** An issuer has no key that may sign: its codes are refused. */
    KEYLESS("Propose a key; without one that signs, an operator signs the proposal in its place."),
    /** Something binds less than it should: a key without an end, few operators, entries that nobody approved. */
    WEAK("Replace it: give keys a signUntil, have three operators or more, and found the registry under dual control."),
    /** A key may sign and did not for long. */
    UNUSED("Ask its issuer; revoke it as ceased if it is not needed."),
    /** More keys of one issuer sign at once than a rotation needs. */
    OVERLAPPING("End the older ones: propose their revocation as superseded."),
    /** Too few witnesses have cosigned the log's head. */
    UNWITNESSED("See which witnesses are behind in the hub's readiness, and start them or name others."),
    /** A break-glass revocation waits for its confirmation. */
    UNCONFIRMED("Let a second operator look at it, and approve it.");

    private final String remedy;

    LintKind(String remedy) {
        this.remedy = remedy;
    }

    /** What to do, in one sentence. */
    public String remedy() {
        return remedy;
    }
}
