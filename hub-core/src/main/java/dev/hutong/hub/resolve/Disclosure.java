package dev.hutong.hub.resolve;

import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.clients.Role;
import org.jspecify.annotations.Nullable;

/**
 * How much of a decision somebody is shown.
 *
 * @param whole whether with what was asserted by whom and every step with the digests of its inputs; otherwise what it comes to and what to
 *     do about it
 * @param named whether with the holder's masked name
 * @param extent how much of that is written
 */
public record Disclosure(boolean whole, boolean named, Extent extent) {
    static final Disclosure WHOLE = new Disclosure(true, false, Extent.WHOLE);

    /** Auditors see how a decision came about; a gate needs to know what it is. */
    public static Disclosure to(Caller caller) {
        return to(caller, Extent.WHOLE);
    }

    /** As much of it as a hub that is hard pressed writes. */
    public static Disclosure to(Caller caller, Extent extent) {
        return new Disclosure(caller.is(Role.AUDITOR), false, extent);
    }

    /** The same for this purpose: with the masked name, where the caller was registered to see it for that. */
    public Disclosure on(@Nullable String purpose, Caller caller) {
        return caller.maySeeMaskedName(purpose) ? new Disclosure(whole, true, extent) : this;
    }

    boolean showsName() {
        return named && extent == Extent.WHOLE;
    }
}
