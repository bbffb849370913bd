package dev.hutong.mapping;

/** The name of a format, as it stands behind the region in an issuer's id. */
public record FormatId(String value) {
    public FormatId {
        if (!value.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException(
                    "a format's id is a lower-case letter, then letters, digits or hyphens, 32 in all at most; not «"
                            + value + "»");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
