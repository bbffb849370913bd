package dev.hutong.registry;

import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.Delegation.Limit;

/** Why an issuer above another does not answer for it, or for one of its keys. */
public sealed interface Objection {
    /** The one above that does not. */
    IssuerId above();

    /** It has left. */
    record Gone(IssuerId above) implements Objection {}

    /** It is suspended. */
    record Suspended(IssuerId above) implements Objection {}

    /** It has no delegation. */
    record AnswersForNobody(IssuerId above) implements Objection {}

    /** Its delegation does not reach so far; {@code limit} is the first that says so. */
    record BeyondLimit(IssuerId above, Delegation delegation, Limit limit) implements Objection {}

    /** What it means to a code of the one below. */
    default Rejection rejection() {
        return switch (this) {
            case Suspended _ -> Rejection.ISSUER_SUSPENDED;
            case Gone _, AnswersForNobody _, BeyondLimit _ -> Rejection.NOT_DELEGATED;
        };
    }

    /** What is said of {@link #above}: the rest of a sentence that begins with it. */
    default String words() {
        return switch (this) {
            case Gone _ -> "is there no longer";
            case Suspended _ -> "is suspended";
            case AnswersForNobody _ -> "may answer for nobody";
            case BeyondLimit(IssuerId _, Delegation delegation, Limit limit) -> words(delegation, limit);
        };
    }

    private static String words(Delegation delegation, Limit limit) {
        return switch (limit) {
            case DEPTH -> "may answer for " + delegation.depth() + " level(s) below it and no more";
            case REGION -> "may answer for regions that begin with «" + delegation.regionPrefix() + "» only";
            case FORMAT ->
                "may answer for issuers of "
                        + String.join(
                                ", ", delegation.formats().stream().sorted().toList()) + " only";
            case UNTIL -> "may answer for nobody since " + delegation.until().orElseThrow();
            case ALGORITHM ->
                "may answer for keys of "
                        + String.join(
                                ", ",
                                delegation.algorithms().stream()
                                        .sorted()
                                        .map(SignatureAlgorithm::jose)
                                        .toList())
                        + " only";
        };
    }

    /** What would have to be done first. */
    default String remedy() {
        return switch (this) {
            case Gone _ -> "name another parent";
            case Suspended(IssuerId above) -> "resume " + above + " first";
            case AnswersForNobody(IssuerId above) -> "delegate to " + above + " first";
            case BeyondLimit(IssuerId above, Delegation _, Limit _) -> "delegate more to " + above + " first";
        };
    }
}
