package dev.hutong.mapping.policy;

import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.Temperature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier was shown, and what a policy judges: all that the codes of one person came to.
 *
 * @param statements what issuers asserted; at least one
 * @param refused why further codes came to no statement; none where every code did
 * @param observedTemperature the verifier's own reading as it gave it, or null
 * @param now the instant of the decision
 */
public record Presented(
        List<Statement> statements,
        List<Reason> refused,
        @Nullable String observedTemperature,
        Instant now) {
    public Presented {
        statements = List.copyOf(statements);
        refused = List.copyOf(refused);
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to judge");
        }
    }

    /** The statements of a single code, or of several none of which was refused. */
    public Presented(List<Statement> statements, @Nullable String observedTemperature, Instant now) {
        this(statements, List.of(), observedTemperature, now);
    }

    /** The verifier's own reading, where it gave one that can be read. */
    Optional<Temperature> reading() {
        return Optional.ofNullable(observedTemperature).flatMap(Temperature::read);
    }
}
