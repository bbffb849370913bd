package dev.hutong.mapping.format;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Claims whose signature has been verified.
 *
 * @param claims what was signed
 * @param codeEnds when the code itself is over, which bounds whatever it says; null where a platform has just been asked
 */
public record SignedClaims(Claims claims, @Nullable Instant codeEnds) {}
