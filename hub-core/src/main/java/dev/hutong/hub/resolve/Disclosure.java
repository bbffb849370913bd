package dev.hutong.hub.resolve;

import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.clients.Role;

/** How much of a decision somebody is shown. */
public enum Disclosure {
    /** All of it: what was asserted by whom, the evidence, and every step with the digests of its inputs. */
    WHOLE,
    /** What it comes to and what to do about it, without the statements and the steps that led there. */
    CONCLUSION;

    /** Auditors see how a decision came about; a gate needs to know what it is. */
    public static Disclosure to(Caller caller) {
        return caller.is(Role.AUDITOR) ? WHOLE : CONCLUSION;
    }
}
