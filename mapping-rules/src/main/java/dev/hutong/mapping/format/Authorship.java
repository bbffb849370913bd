package dev.hutong.mapping.format;

import dev.hutong.mapping.IssuerName;
import java.time.Instant;

/**
 * Who writes a status in another format's words, for whom, and when.
 *
 * @param hub who signs it: the token's {@code iss}
 * @param assertedBy the issuer whose word it is: {@code act.iss} (RFC 8693 §4.1)
 * @param id of what is written, unique
 * @param pseudonym stands for the holder, and is made anew each time, so that nothing leads from one format to another
 * @param inputHash base64url SHA-256 of the code that was asked about, as platforms repeat it
 * @param issuedAt the instant of the decision
 */
public record Authorship(
        String hub, IssuerName assertedBy, String id, String pseudonym, String inputHash, Instant issuedAt) {}
