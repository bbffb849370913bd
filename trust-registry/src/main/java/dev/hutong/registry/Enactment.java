package dev.hutong.registry;

import dev.hutong.registry.RegisteredProposal.Endorsement;
import java.util.List;

/**
 * A proposal that operators decided: it came into force by their approval, or, a break-glass revocation, was confirmed.
 *
 * @param counted the approvals by which it did, without those of operators who were removed before
 */
public record Enactment(RegisteredProposal proposal, List<Endorsement> counted) {
    public Enactment {
        counted = List.copyOf(counted);
    }
}
