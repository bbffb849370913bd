package dev.hutong.hub.bundle;

/**
 * A bundle as it travels.
 *
 * @param jws compact serialization
 * @param tag names exactly these octets
 */
public record SignedBundle(String jws, String tag) {}
