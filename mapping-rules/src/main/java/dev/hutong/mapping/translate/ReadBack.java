package dev.hutong.mapping.translate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.Envelope;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.SignedClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what was written as its readers will: with the target's own schema and its own rules. Whatever a rule author wrote in {@code write},
 * nothing that would read better than the decision passes here.
 */
final class ReadBack {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ASSERTED_AT = "assertedAt";

    private final FormatPackage format;
    private final Duration skew;

    /**
     * @param skew how long after its {@code exp} a signed text is still good
     */
    ReadBack(FormatPackage format, Duration skew) {
        this.format = format;
        this.skew = format.envelope() instanceof Envelope.SignedText ? skew : Duration.ZERO;
    }

    /** The last {@code exp} with which nothing is good after {@code end}. */
    Instant latestExpiry(Instant end) {
        return end.minus(skew);
    }

    /** The one statement that the claims make at {@code now}. */
    Outcome<Statement> read(ObjectNode claims, Instant now) {
        return unwrapped(claims)
                .then(payload -> format.envelope().statementToken().read(payload))
                .then(read -> {
                    Instant end = read.time("exp").orElseThrow().plus(skew);
                    return new SignedClaims(format, read, end).map(now);
                })
                .then(ReadBack::only);
    }

    /** What forbids that {@code said} stands for {@code meant}; empty where nothing does. */
    Optional<Loss> fault(Status meant, Statement said) {
        if (said.assertedRisk() == Risk.UNKNOWN) {
            return Optional.of(Loss.of("risk", meant.risk(), null, "would read as " + said.reason() + here()));
        }
        if (said.assertedRisk().compareTo(meant.risk()) < 0) {
            return Optional.of(Loss.of("risk", meant.risk(), null, "would read as " + said.assertedRisk() + here()));
        }
        Set<Qualifier> unsaid = unsaid(meant, said);
        if (!unsaid.isEmpty()) {
            String names = unsaid.stream().map(Qualifier::name).collect(Collectors.joining(", "));
            return Optional.of(Loss.of(
                    "qualifiers", names, null, said.assertedRisk() + " cannot be said with this qualifier" + here()));
        }
        if (said.qualifiers().contains(Qualifier.TEMPERATURE_ONLY) && !meant.restsOnTemperatureAlone()) {
            return Optional.of(Loss.of(
                    "qualifiers",
                    null,
                    Qualifier.TEMPERATURE_ONLY,
                    "would read as if a temperature were all there is" + here()));
        }
        if (!said.isValid()) {
            return Optional.of(Loss.of(
                    ASSERTED_AT,
                    meant.assertedAt(),
                    null,
                    "what was asserted then is over" + here() + ": " + said.reason()));
        }
        Instant end = Objects.requireNonNull(said.validUntil(), "a valid statement has an end");
        return end.isAfter(meant.validUntil())
                ? Optional.of(Loss.of("validUntil", meant.validUntil(), end, "would be good for longer" + here()))
                : Optional.empty();
    }

    /** Whether what was meant is too old for the target, whatever its state. */
    static boolean saysItIsOver(Loss fault) {
        return fault.field().equals(ASSERTED_AT);
    }

    /** Beside a green none may go; beside a yellow not the one that speaks against the holder; a red is the worst already. */
    private static Set<Qualifier> unsaid(Status meant, Statement said) {
        EnumSet<Qualifier> mustStand = EnumSet.noneOf(Qualifier.class);
        switch (said.assertedRisk()) {
            case LOW -> mustStand.addAll(meant.qualifiers());
            case MEDIUM -> {
                if (meant.qualifiers().contains(Qualifier.CLOSE_CONTACT)) {
                    mustStand.add(Qualifier.CLOSE_CONTACT);
                }
            }
            case HIGH, UNKNOWN -> {}
        }
        mustStand.removeAll(said.qualifiers());
        return mustStand;
    }

    private Outcome<JsonNode> unwrapped(ObjectNode claims) {
        ObjectNode payload = claims.deepCopy();
        try {
            for (String member : format.envelope().statementJsonText()) {
                payload.set(member, JSON.readTree(payload.path(member).asText()));
            }
            return Outcome.passed(payload);
        } catch (JsonProcessingException e) {
            return Outcome.refused(Reason.MALFORMED_CODE, "what was written is not JSON");
        }
    }

    private static Outcome<Statement> only(List<Statement> statements) {
        return statements.size() == 1
                ? Outcome.passed(statements.getFirst())
                : Outcome.refused(Reason.MALFORMED_CODE, statements.size() + " statements where one was written");
    }

    private String here() {
        return " in " + format.versioned();
    }
}
