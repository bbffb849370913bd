package dev.hutong.hub.resolve;

import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.Holder;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one code came.
 *
 * @param format the format that claimed it, or null where none did
 * @param issuer whose signature was verified, or null where none was
 * @param reason why it came to no statement, or null where it did
 * @param rules the format package that read it, {@code format@version}, or null where none did
 * @param holder whose code it is, for the ledger's pseudonym alone; null where nobody has vouched for that
 * @param steps the steps that ran, in their order; where there is a reason, the last one refused with it
 * @param statements what it came to; none where there is a reason
 * @param maskedName the holder's name as the issuer masked it, for whom it may be shown alone; null where none was told
 */
public record CodeOutcome(
        @Nullable FormatId format,
        @Nullable IssuerName issuer,
        @Nullable Reason reason,
        @Nullable String rules,
        List<Step> steps,
        List<Statement> statements,
        @Nullable Holder holder,
        @Nullable String maskedName) {}
