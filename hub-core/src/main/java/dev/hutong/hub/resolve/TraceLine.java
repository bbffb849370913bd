package dev.hutong.hub.resolve;

import org.jspecify.annotations.Nullable;

/**
 * What one step came to.
 *
 * @param step the step's name
 * @param code which of the codes it worked on, from 0; null where it worked on what all of them came to
 * @param rule the rules that it went by: a format {@code format@version}, a policy {@code policy@version} or one of its demands
 *     {@code policy@version#demand}; null where it went by none
 * @param outcome {@code passed}, {@code unmet}, {@code contradiction}, or the reason it refused with
 * @param note what was found; never anything of the holder's
 * @param inputs the digest of what it worked on, see {@link InputDigests}; null where that turned out to be no whole
 *     code
 */
public record TraceLine(
        String step,
        @Nullable Integer code,
        @Nullable String rule,
        String outcome,
        String note,
        @Nullable String inputs) {
    static final String PASSED = "passed";
    static final String UNMET = "unmet";
    static final String CONTRADICTION = "contradiction";

    TraceLine withoutInputs() {
        return new TraceLine(step, code, rule, outcome, note, null);
    }
}
