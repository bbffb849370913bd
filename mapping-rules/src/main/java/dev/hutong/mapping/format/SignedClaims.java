package dev.hutong.mapping.format;

import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Statement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Claims whose signature has been verified.
 *
 * @param format the format they are claims of
 * @param claims what was signed
 * @param codeEnds when the code itself is over, which bounds whatever it says; null where a platform has just been asked
 */
public record SignedClaims(
        FormatPackage format, Claims claims, @Nullable Instant codeEnds) {

    /** What they mean at {@code now}: one statement, or one for each entry of a list. */
    public Outcome<List<Statement>> map(Instant now) {
        return format.map(this, now);
    }
}
