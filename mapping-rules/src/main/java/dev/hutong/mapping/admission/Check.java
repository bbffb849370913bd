package dev.hutong.mapping.admission;

import java.util.Locale;

/** What admission looks at, in this order. */
public enum Check {
    /** The files are YAML of the shape that the JSON Schemas describe. */
    SCHEMA,
    /** The package compiles: every name is declared, every expression has its type. */
    TYPES,
    /** A higher version than the one it follows. */
    VERSION,
    /** What judging one payload can cost at most. */
    COST,
    /** The examples come true. */
    EXAMPLES,
    /** There are enough examples, and every text is there in both languages. */
    COMPLETENESS,
    /** Every rule decides in some example. */
    RULES,
    /** Every boolean leaf of every condition is true in one example and false in another. */
    CONDITIONS,
    /** The examples notice when the rules change. */
    MUTATION,
    /** What must hold of every statement does hold of generated claims. */
    INVARIANTS,
    /** Every claim that is declared is used. */
    FIELDS;

    /** As it stands in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
