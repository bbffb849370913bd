package dev.hutong.hub.clients;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who makes a request.
 *
 * @param id the client's name; it is told in the ledger
 * @param roles what it may do
 */
public record Caller(String id, Set<Role> roles) {
    /** Whoever asks a hub that does not authenticate its clients; the hub listens on the loopback only. */
    public static final Caller ANONYMOUS = new Caller("anonymous", EnumSet.allOf(Role.class));

    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}
