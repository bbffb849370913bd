package dev.hutong.hub.clients;

import dev.hutong.registry.ClientTerms;
import dev.hutong.registry.IssuerId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param id the client's name; it is told in the ledger
 * @param roles what it may do
 * @param terms what it was registered with; empty of whoever was not registered
 */
public record Caller(String id, Set<Role> roles, Optional<ClientTerms> terms) {
    /** Whoever asks a hub that does not authenticate its clients; the hub listens on the loopback only. */
    public static final Caller ANONYMOUS = new Caller("anonymous", EnumSet.allOf(Role.class));

    /** Whoever asks a hub that authenticates its clients, and has not said who it is. */
    public static final Caller NOBODY = new Caller("nobody", EnumSet.noneOf(Role.class));

    public Caller {
        roles = Set.copyOf(roles);
    }

    public Caller(String id, Set<Role> roles) {
        this(id, roles, Optional.empty());
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** Whether it may do something that is done in any of these capacities. */
    public boolean isOneOf(Set<Role> wanted) {
        for (Role role : roles) {
            if (wanted.contains(role)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it was authenticated, and is known by its name. */
    public boolean isRegistered() {
        return terms.isPresent();
    }

    /** The issuer it speaks for; empty where it speaks for none. */
    public Optional<IssuerId> issuer() {
        return terms.flatMap(ClientTerms::issuer);
    }

    /** Whether it was registered to see masked names for this purpose. */
    public boolean maySeeMaskedName(@Nullable String purpose) {
        return terms.isPresent() && terms.get().maySeeMaskedName(purpose);
    }

    /** Whether it may ask for this destination, and about what was decided for it, or, where that is null, for none in particular. */
    public boolean mayAskFor(@Nullable String destination) {
        return terms.isEmpty() || terms.get().mayAskFor(destination);
    }
}
