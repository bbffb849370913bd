package dev.hutong.hub.resolve;

import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.clients.Role;

/**
 * How much of a decision somebody is shown.
 *
 * @param whole whether with what was asserted by whom and every step with the digests of its inputs; otherwise what it comes to and what to
 *     do about it
 * @param extent how much of that is written
 */
public record Disclosure(boolean whole, Extent extent) {
    static final Disclosure WHOLE = new Disclosure(true, Extent.WHOLE);

    /** Auditors see how a decision came about; a gate needs to know what it is. */
    public static Disclosure to(Caller caller) {
        return to(caller, Extent.WHOLE);
    }

    /** As much of it as a hub that is hard pressed writes. */
    public static Disclosure to(Caller caller, Extent extent) {
        return new Disclosure(caller.is(Role.AUDITOR), extent);
    }
}
