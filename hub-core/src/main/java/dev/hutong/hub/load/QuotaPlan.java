package dev.hutong.hub.load;

import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.clients.Role;
import java.util.Map;

/**
 * Which quota is whose.
 *
 * @param otherwise of a client with none of the roles below, and of each address from which somebody asks who is not known
 * @param roleToQuota of a client in a role; who has several has the most generous
 * @param proposals of each address for proposals to the registry and approvals of them, which anybody may send in; beside the others
 * @param tokens of each address for access tokens; beside the others
 */
public record QuotaPlan(Quota otherwise, Map<Role, Quota> roleToQuota, Quota proposals, Quota tokens) {
    public QuotaPlan {
        roleToQuota = Map.copyOf(roleToQuota);
    }

    /** The quota of a client. */
    public Quota of(Caller caller) {
        if (caller.equals(Caller.ANONYMOUS)) {
            return otherwise;
        }
        Quota most = null;
        for (Map.Entry<Role, Quota> entry : roleToQuota.entrySet()) {
            Quota quota = entry.getValue();
            if (caller.is(entry.getKey()) && (most == null || quota.nanosEach() < most.nanosEach())) {
                most = quota;
            }
        }
        return most == null ? otherwise : most;
    }
}
