package dev.hutong.hub.resolve;

import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.policy.Policies;
import java.time.Instant;
import java.util.Optional;

/**
 * All rules that the hub knows, of every version, and which of them are in force. Any number of threads may ask; whoever asked keeps what they
 * got, so that rules can be exchanged at any time.
 */
public final class RulesInForce {
    private volatile Known known;

    /** All rules there are, and those in force when last asked. */
    private record Known(FormatVersions versions, Policies policies, Rules rules) {
        static Known at(Instant now, FormatVersions versions, Policies policies) {
            return new Known(versions, policies, Rules.at(now, versions, policies));
        }

        /** Likewise, once it is known that no time will come at which two formats would claim the same code. */
        static Known from(Instant now, FormatVersions versions, Policies policies) {
            for (Optional<Instant> next = versions.nextChange(now);
                    next.isPresent();
                    next = versions.nextChange(next.get())) {
                Rules.at(next.get(), versions, policies);
            }
            return at(now, versions, policies);
        }
    }

    /** @throws dev.hutong.mapping.format.InvalidPackageException where two formats would claim the same code, now or later */
    public RulesInForce(FormatVersions versions, Policies policies, Instant now) {
        this.known = Known.from(now, versions, policies);
    }

    /** The rules in force at this instant. */
    public Rules at(Instant now) {
        Rules last = known.rules;
        return last.cover(now) ? last : renewed(now);
    }

    private synchronized Rules renewed(Instant now) {
        if (!known.rules.cover(now)) { // otherwise another thread was first
            known = Known.at(now, known.versions, known.policies);
        }
        return known.rules;
    }

    /** Everything the hub knows, in force or not. */
    public FormatVersions versions() {
        return known.versions;
    }

    /**
     * Exchanges the rules at once: what has begun goes on with the old ones.
     *
     * @throws dev.hutong.mapping.format.InvalidPackageException where two formats would claim the same code, now or later; the old rules
     *     then stay
     */
    public synchronized void exchange(FormatVersions versions, Policies policies, Instant now) {
        known = Known.from(now, versions, policies);
    }
}
