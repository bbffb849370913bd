package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.Envelope;
import dev.hutong.mapping.format.Examples;
import dev.hutong.mapping.format.ExpressionFailure;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.mapping.format.Probe;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.mapping.format.Situation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why claims mean what they mean: for each statement, what was asked and what the answer was.
 *
 * @param refused why there is no statement at all, or null
 * @param explained each statement, with its lines
 */
public record RuleExplanation(@Nullable String refused, List<Explained> explained) {

    /** A statement and what led to it. */
    public record Explained(Statement statement, List<Line> lines) {}

    /**
     * Something that was asked.
     *
     * @param what the part of the package
     * @param source the expression or the state, as it is written
     * @param answer what it came to
     */
    public record Line(String what, String source, String answer) {}

    /** Skew that a scanned code's own end is given (60 s), as where codes are verified. */
    private static final long SKEW_SECONDS = 60;

    private static final JsonPointer STATEMENTS = JsonPointer.compile("/statements");

    /**
     * Explains an example of the package's own.
     *
     * @throws InvalidPackageException where it has none of this name
     */
    public static RuleExplanation ofExample(AuthoredPackage authored, String name) {
        SignedExample example = SignedExample.of(authored.examples()).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidPackageException("there is no map example «" + name + "» in its " + Examples.FILE));
        return of(authored, example.payload(), example.now(), example.codeEnds());
    }

    /** Explains these claims at this instant; a signed text's end is its {@code exp} and the skew. */
    public static RuleExplanation of(AuthoredPackage authored, JsonNode claims, Instant now) {
        JsonNode exp = claims.path("exp");
        boolean codeEnds = authored.format().envelope() instanceof Envelope.SignedText && exp.canConvertToLong();
        return of(authored, claims, now, codeEnds ? end(exp.asLong()) : null);
    }

    private static @Nullable Instant end(long exp) {
        try {
            return Instant.ofEpochSecond(exp).plusSeconds(SKEW_SECONDS);
        } catch (DateTimeException outOfRange) {
            return null;
        }
    }

    private static RuleExplanation of(
            AuthoredPackage authored, JsonNode payload, Instant now, @Nullable Instant codeEnds) {
        Outcome<SignedClaims> signed = authored.format()
                .envelope()
                .statementToken()
                .read(payload)
                .then(claims -> Outcome.passed(new SignedClaims(authored.format(), claims, codeEnds)));
        Outcome<List<Statement>> outcome = signed.then(claims -> claims.map(now));
        return switch (outcome) {
            case Outcome.Refused<List<Statement>> refused ->
                new RuleExplanation(refused.reason() + ": " + refused.why(), List.of());
            case Outcome.Passed<List<Statement>>(List<Statement> statements) -> {
                List<Situation> situations = signed instanceof Outcome.Passed<SignedClaims>(SignedClaims claims)
                        ? Situation.ofStatements(claims, now)
                        : List.of();
                List<Explained> explained = new ArrayList<>();
                for (int i = 0; i < statements.size(); i++) {
                    explained.add(new Explained(statements.get(i), lines(authored, situations.get(i), codeEnds)));
                }
                yield new RuleExplanation(null, explained);
            }
        };
    }

    private static List<Line> lines(AuthoredPackage authored, Situation situation, @Nullable Instant codeEnds) {
        JsonNode statements = authored.document().at(STATEMENTS);
        Probe probe = Probe.ofStatements(authored.format());
        List<Line> lines = new ArrayList<>();
        String state = situation.text(statements.path("state").asText());
        lines.add(new Line("state", statements.path("state").asText(), "«" + state + "»"));
        addRules(statements, state, situation, probe, lines);
        for (JsonNode qualify : statements.path("qualify")) {
            String when = qualify.path("when").asText();
            lines.add(new Line("qualify " + qualify.path("add").asText(), when, condition(probe, when, situation)));
        }
        for (JsonNode end : statements.path("validity")) {
            String until = end.path("until").asText();
            Optional<String> unless = Optional.ofNullable(end.get("unless")).map(JsonNode::asText);
            boolean counts = unless.map(
                            source -> !condition(probe, source, situation).equals("true"))
                    .orElse(true);
            String exception = unless.map(source -> ", unless " + source).orElse("");
            lines.add(new Line(
                    "end " + end.path("reason").asText(),
                    until + exception,
                    counts ? moment(probe, until, situation) : "does not count here"));
        }
        if (codeEnds != null) {
            lines.add(new Line("end EXPIRED_CODE", "the code's own", codeEnds.toString()));
        }
        return lines;
    }

    /** Up to the rule that decides: those after it are not asked. */
    private static void addRules(
            JsonNode statements, String state, Situation situation, Probe probe, List<Line> lines) {
        for (JsonNode rule : statements.path("rules")) {
            String what = "rule " + rule.path("id").asText();
            if (!rule.path("state").asText().equals(state)) {
                lines.add(new Line(what, "state " + rule.path("state").asText(), "another state"));
            } else if (!rule.has("when")) {
                lines.add(new Line(what, "state " + state, "decides"));
                return;
            } else {
                String answer = condition(probe, rule.path("when").asText(), situation);
                boolean decides = answer.equals("true");
                lines.add(new Line(what, rule.path("when").asText(), decides ? "true: decides" : answer));
                if (decides) {
                    return;
                }
            }
        }
        lines.add(new Line("otherwise " + statements.at("/otherwise/id").asText(), "no rule", "decides"));
    }

    private static String condition(Probe probe, String source, Situation situation) {
        try {
            return String.valueOf(probe.condition(source).holds(situation));
        } catch (ExpressionFailure unevaluable) {
            return "cannot be evaluated";
        }
    }

    private static String moment(Probe probe, String source, Situation situation) {
        try {
            return Instant.ofEpochMilli(probe.moment(source).at(situation)).toString();
        } catch (ExpressionFailure unevaluable) {
            return "cannot be evaluated";
        }
    }
}
