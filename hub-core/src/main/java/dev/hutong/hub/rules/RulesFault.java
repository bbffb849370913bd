package dev.hutong.hub.rules;

/**
 * Why rules that should be in force are not; the present ones go on meanwhile.
 *
 * @param kind of which kind
 * @param subject which package: a folder, or an issuer and a version
 * @param detail what is wrong and what to do, in words for operators
 */
public record RulesFault(Kind kind, String subject, String detail) {
    /** Everything that can be wrong. */
    public enum Kind {
        /** A package in the folder cannot be read or compiled. */
        UNUSABLE,
        /** What the registry published is not here. */
        MISSING,
        /** What is here under the published version is something else. */
        OTHER_DIGEST,
        /** The package says another version or other times of itself than were published. */
        OTHER_HEAD,
        /** The packages cannot stand beside each other. */
        CLASH
    }
}
