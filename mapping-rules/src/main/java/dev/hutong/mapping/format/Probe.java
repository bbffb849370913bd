package dev.hutong.mapping.format;

/** Asks single expressions, compiled as those of a package are. */
public final class Probe {
    private final Expressions expressions;

    private Probe(Expressions expressions) {
        this.expressions = expressions;
    }

    /** For expressions of {@code statements}. */
    public static Probe ofStatements(FormatPackage format) {
        return new Probe(new Expressions(format.envelope().statementToken().scalars(), true));
    }

    /** For the {@code malformed} checks of the token that carries the status. */
    public static Probe ofToken(FormatPackage format) {
        return new Probe(new Expressions(format.envelope().statementToken().scalars(), false));
    }

    /** An expression that yields true or false. */
    @FunctionalInterface
    public interface Condition {
        /** @throws ExpressionFailure where it cannot be evaluated in spite of its types */
        boolean holds(Situation situation);
    }

    /** An expression that yields milliseconds since 1970. */
    @FunctionalInterface
    public interface Moment {
        /** @throws ExpressionFailure where it cannot be evaluated in spite of its types */
        long at(Situation situation);
    }

    /** @throws InvalidPackageException where it does not compile */
    public Condition condition(String source) {
        Expressions.Condition condition = expressions.condition("expression", source);
        return situation -> condition.holds(situation.facts());
    }

    /** @throws InvalidPackageException where it does not compile */
    public Moment moment(String source) {
        Expressions.Moment moment = expressions.moment("expression", source);
        return situation -> moment.at(situation.facts());
    }
}
