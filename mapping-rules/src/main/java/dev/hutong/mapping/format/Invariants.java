package dev.hutong.mapping.format;

import dev.hutong.mapping.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A package's {@code invariants}: what must hold of every statement, over its claims and what came of them. They are looked at when a
 * package is admitted, over its examples and over generated claims; a running hub does not ask them.
 */
public final class Invariants {
    /** The risk the statement stands for, as text. */
    static final String RISK = "risk";
    /** Whether it is good now. */
    static final String VALID = "valid";
    /** When it is over, in milliseconds since 1970; 0 where it was unmapped. */
    static final String VALID_UNTIL = "validUntil";

    private static final Map<String, ClaimKind> RESULT =
            Map.of(RISK, ClaimKind.TEXT, VALID, ClaimKind.BOOLEAN, VALID_UNTIL, ClaimKind.MILLISECONDS);

    private record Invariant(Expressions.Condition holds, String why) {}

    private final List<Invariant> invariants;

    Invariants(@Nullable List<FormatDocument.Invariant> documents, Map<String, ClaimKind> scalars) {
        if (documents == null) {
            this.invariants = List.of();
            return;
        }
        Map<String, ClaimKind> variables = new HashMap<>(scalars);
        variables.putAll(RESULT);
        Expressions expressions = new Expressions(variables, true);
        this.invariants = documents.stream()
                .map(document -> new Invariant(
                        expressions.condition("invariants." + document.id(), document.holds()), document.why()))
                .toList();
    }

    /** How many there are. */
    public int size() {
        return invariants.size();
    }

    /**
     * Why this statement breaks the invariant at {@code index}; empty where it does not. One that cannot be evaluated is broken.
     *
     * @param situation what the statement's rules looked at
     */
    public Optional<String> brokenBy(int index, Situation situation, Statement statement) {
        Invariant invariant = invariants.get(index);
        try {
            return invariant.holds.holds(situation.with(statement).facts())
                    ? Optional.empty()
                    : Optional.of(invariant.why);
        } catch (ExpressionFailure unevaluable) {
            return Optional.of("it cannot be evaluated: " + unevaluable.getMessage());
        }
    }
}
