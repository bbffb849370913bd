package dev.hutong.hub.resolve;

import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.SignedClaims;
import java.time.Instant;
import java.util.List;

/** Is shown what signed claims were mapped to, for every decision. It changes none, delays none, and throws nothing. */
public interface Shadow {
    /** Looks at nothing. */
    Shadow NONE = (claims, now, present) -> {};

    /**
     * @param claims what was mapped
     * @param now the instant of the decision
     * @param present what it came to
     */
    void compare(SignedClaims claims, Instant now, Outcome<List<Statement>> present);
}
