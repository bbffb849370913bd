package dev.hutong.mapping;

import org.jspecify.annotations.Nullable;

/** A normalized risk status. The two-character codes are those of the national answer; they are text, never numbers. */
public enum Risk {
    /** Nothing is known against the holder. */
    LOW("00"),
    /** A reminder, an isolation at home, a test due: what a yellow or orange code means. */
    MEDIUM("01"),
    /** Confirmed, suspected, in contact or in quarantine: what a red code means. */
    HIGH("10"),
    /** No answer; never to be read as {@link #LOW}. */
    UNKNOWN(null);

    private final @Nullable String code;

    Risk(@Nullable String code) {
        this.code = code;
    }

    /** The national two-character code, or null for {@link #UNKNOWN}. */
    public @Nullable String code() {
        return code;
    }

    /** Whether this is a finding against the holder, which must not lapse silently into green. */
    public boolean isElevated() {
        return this == MEDIUM || this == HIGH;
    }
}
