package dev.hutong.mapping.format;

import dev.hutong.mapping.Holder;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Claims whose signature has been verified.
 *
 * @param format the format they are claims of
 * @param claims what was signed
 * @param codeEnds when the code itself is over, which bounds whatever it says; null where a platform has just been asked
 * @param answer the platform's last answer as it came, from which the claims were read; none where the code itself was signed
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for one decision and is never compared: a copy would buy nothing.
public record SignedClaims(
        FormatPackage format, Claims claims, @Nullable Instant codeEnds, byte[] answer) {

    /** Claims of a code that was signed itself. */
    public SignedClaims(FormatPackage format, Claims claims, @Nullable Instant codeEnds) {
        this(format, claims, codeEnds, new byte[0]);
    }

    /** The holder's name as the issuer masked it; empty where it told none. */
    public Optional<String> maskedName() {
        return format.maskedName(claims);
    }

    /** Whom they are about, in the issuer's own terms; empty where the format does not say. */
    public Optional<Holder> holder() {
        return format.holder(claims);
    }

    /** What they mean at {@code now}: one statement, or one for each entry of a list. */
    public Outcome<List<Statement>> map(Instant now) {
        return format.map(this, now);
    }
}
