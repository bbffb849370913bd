package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.policy.Policy;
import dev.hutong.mapping.policy.Presented;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of a payload that make it tell less, or more against the holder, and so must never make the answer better: a value that is in no
 * table, a claim left out, one statement more.
 */
final class NeverBetter {
    private final Subject subject;
    private final Policy policy;
    private final GeneratedClaims generated;
    private final CaseFindings findings;
    private final String state;
    private final String each;
    private final List<String> observed;

    /**
     * @param policy how several statements are judged together
     */
    NeverBetter(Subject subject, Policy policy, GeneratedClaims generated, CaseFindings findings) {
        this.subject = subject;
        this.policy = policy;
        this.generated = generated;
        this.findings = findings;
        JsonNode statements = subject.document().path("statements");
        this.state = statements.path("state").asText();
        this.each = statements.at("/each/list").asText();
        this.observed = observed(statements);
    }

    /** Claims that only ever speak against the holder: where they are not there, nobody has observed anything. */
    private static List<String> observed(JsonNode statements) {
        List<String> observed = new ArrayList<>();
        statements
                .path("evidence")
                .forEach(observation -> observed.add(observation.path("value").asText()));
        observed.add(statements.at("/causes/claim").asText());
        statements.path("newest").forEach(newest -> {
            observed.add(newest.path("list").asText());
            newest.path("by").forEach(claim -> observed.add(claim.asText()));
        });
        return observed;
    }

    void look(SignedExample signed) {
        for (ClaimPlace place : subject.places()) {
            lookAtUnknown(place, signed);
            lookAtAbsent(place, signed);
        }
        lookAtMore(signed);
    }

    /** Neither a state that the rules do not name, nor a value outside a claim's table, is green. */
    private void lookAtUnknown(ClaimPlace place, SignedExample signed) {
        boolean hasTable = place.path().equals(state) || place.declaration().has("oneOf");
        if (!hasTable || !place.isScalar()) {
            return;
        }
        place.set(signed.payload(), unknown(place), generated.random())
                .map(signed::with)
                .filter(changed -> judged(changed) == Risk.LOW)
                .ifPresent(changed -> findings.error(
                        "unknown " + place.path(),
                        place.declaredAt(),
                        "a value of «" + place.path() + "» that is in no table is LOW"
                                + CaseFindings.on(changed, changed.now()),
                        "Name the values that are green; whatever else comes is UNKNOWN."));
    }

    private JsonNode unknown(ClaimPlace place) {
        String unknown = generated.unknown();
        return place.type().equals("integer")
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(unknown))
                : JsonNodeFactory.instance.textNode(unknown);
    }

    /** Only a warning: a claim may be there only where something is the matter, which its issuer knows and this does not. */
    private void lookAtAbsent(ClaimPlace place, SignedExample signed) {
        boolean isObservation =
                observed.stream().anyMatch(path -> path.equals(place.path()) || path.startsWith(place.path() + "."));
        Risk before = judged(signed);
        if (!place.isOptional() || isObservation || !before.isElevated()) {
            return;
        }
        place.remove(signed.payload(), generated.random())
                .map(signed::with)
                .filter(changed -> judged(changed) == Risk.LOW)
                .ifPresent(
                        changed -> findings.warning(
                                "absent " + place.path(),
                                place.declaredAt(),
                                "leaving «" + place.path() + "» out turns " + before + " into LOW"
                                        + CaseFindings.on(changed, changed.now()),
                                "A missing answer must not count as green: require the claim, or let its absence stand for the worse."));
    }

    /** With one exception that is the domain's: an expired green counts for nothing, so that a good one beside it makes it better. */
    private void lookAtMore(SignedExample signed) {
        JsonPointer list = JsonPointer.compile("/" + each.replace('.', '/'));
        List<Statement> before = statements(signed);
        if (each.isEmpty() || before.stream().noneMatch(NeverBetter::counts)) {
            return;
        }
        for (SignedExample other : subject.signed()) {
            JsonNode payload = signed.payload().deepCopy();
            if (payload.at(list) instanceof ArrayNode entries && other.payload().at(list) instanceof ArrayNode more) {
                more.forEach(entries::add);
                List<Statement> after = statements(signed.with(payload));
                if (!after.isEmpty() && rank(judged(after)) < rank(judged(before))) {
                    findings.error(
                            "more",
                            JsonPointer.compile("/statements/each"),
                            "one statement more makes it better" + CaseFindings.on(signed.with(payload), signed.now()),
                            "Let each entry stand for itself: no rule may rest on how many there are.");
                }
            }
        }
    }

    private static boolean counts(Statement statement) {
        return statement.isValid() || statement.assertedRisk() != Risk.LOW;
    }

    private static int rank(Risk risk) {
        return switch (risk) {
            case LOW -> 0;
            case UNKNOWN -> 1;
            case MEDIUM -> 2;
            case HIGH -> 3;
        };
    }

    private List<Statement> statements(SignedExample signed) {
        return ExampleRun.statements(signed.mappedBy(subject.format()));
    }

    private Risk judged(SignedExample signed) {
        List<Statement> statements = statements(signed);
        return statements.isEmpty() ? Risk.UNKNOWN : judged(statements);
    }

    private Risk judged(List<Statement> statements) {
        // The default policy has no demands, and so looks at no clock.
        return policy.judge(new Presented(statements, null, Instant.EPOCH)).risk();
    }
}
