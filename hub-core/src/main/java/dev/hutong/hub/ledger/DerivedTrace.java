package dev.hutong.hub.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.hub.ledger.LedgerReader.Found;
import dev.hutong.hub.resolve.Step;
import dev.hutong.mapping.Reason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a decision, told from its record for whoever comes afterwards: the lines of the trace that an auditor is shown with a decision,
 * in their order and by the same rules, without notes and digests, which the ledger does not hold. Where a trace has one line for the mapping
 * of a code, this has one for each statement, by the rule that made it.
 */
public final class DerivedTrace {
    private static final String PASSED = "passed";
    private static final String REASON = "reason";
    private static final String STEPS = "steps";
    private static final String STATEMENTS = "statements";

    private final JsonNode record;
    private final ArrayNode lines = JsonNodeFactory.instance.arrayNode();

    private DerivedTrace(JsonNode record) {
        this.record = record;
    }

    /** A decision's record in UTF-8 JSON with one more member, {@code trace}; as it stands where it is of a version that noted no steps. */
    public static byte[] with(Found found) {
        if (!found.json().at("/codes/0").has(STEPS)) {
            return found.octets();
        }
        ObjectNode told = found.json().deepCopy();
        told.set("trace", of(found.json()));
        return told.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The lines of a record that notes steps. */
    static ArrayNode of(JsonNode record) {
        DerivedTrace trace = new DerivedTrace(record);
        boolean isJudged = false;
        for (int i = 0; i < record.path("codes").size(); i++) {
            JsonNode code = record.path("codes").path(i);
            trace.follow(code, i);
            isJudged |= !code.path(STATEMENTS).isEmpty();
        }
        if (isJudged) {
            trace.judge();
        }
        return trace.lines;
    }

    private void follow(JsonNode code, int index) {
        JsonNode steps = code.path(STEPS);
        String rules = code.path("rules").textValue();
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.path(i).asText();
            if (step.equals(Step.MAP.word()) && !code.path(STATEMENTS).isEmpty()) {
                code.path(STATEMENTS)
                        .forEach(statement ->
                                add(step, index, statement.path("rule").textValue(), outcome(statement)));
            } else {
                boolean isLast = i == steps.size() - 1;
                add(step, index, rules, isLast ? outcome(code) : PASSED);
            }
        }
    }

    /** A destination that is no region has no policy, and refuses whatever would otherwise be no UNKNOWN. */
    private void judge() {
        String step = Step.JUDGE.word();
        String policy = record.path("policy").textValue();
        if (record.path("contradictory").booleanValue()) {
            add(step, null, policy, "contradiction");
        }
        record.path("unmet")
                .forEach(demand -> add(step, null, policy == null ? null : policy + "#" + demand.asText(), "unmet"));
        boolean isRefused = Reason.NO_POLICY.name().equals(record.path(REASON).textValue());
        add(step, null, policy, isRefused ? Reason.NO_POLICY.name() : PASSED);
    }

    private static String outcome(JsonNode codeOrStatement) {
        String reason = codeOrStatement.path(REASON).textValue();
        return reason == null ? PASSED : reason;
    }

    private void add(String step, @Nullable Integer code, @Nullable String rule, String outcome) {
        lines.addObject().put("step", step).put("code", code).put("rule", rule).put("outcome", outcome);
    }
}
