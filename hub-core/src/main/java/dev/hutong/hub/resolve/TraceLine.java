package dev.hutong.hub.resolve;

/**
 * What one step came to.
 *
 * @param step the step's name
 * @param outcome {@code passed}, or the reason it refused with
 * @param note what was found; never anything of the holder's
 */
public record TraceLine(String step, String outcome, String note) {}
