package dev.hutong.conformance.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A hub's decision as far as the demo compares and shows it, read from its JSON without trusting it. */
record HubDecision(
        String risk,
        @Nullable String reason,
        List<String> qualifiers,
        List<String> nativeStates,
        List<String> contradictions) {
    private static final Map<String, String> RISK_TO_CODE = Map.of("LOW", "00", "MEDIUM", "01", "HIGH", "10");

    static HubDecision read(JsonNode json) {
        String risk = json.path("risk").asText("");
        String reason = json.path("reason").textValue();
        List<String> nativeStates = StreamSupport.stream(json.path("statements").spliterator(), false)
                .map(statement -> statement.path("native").asText(""))
                .toList();
        List<String> qualifiers = StreamSupport.stream(json.path("qualifiers").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return new HubDecision(risk, reason, qualifiers, nativeStates, contradictions(risk, reason, json));
    }

    /** What no decision may be, whoever it is about. */
    private static List<String> contradictions(String risk, @Nullable String reason, JsonNode json) {
        var found = new ArrayList<String>();
        boolean unknown = risk.equals("UNKNOWN");
        String riskCode = json.path("riskCode").textValue();
        String rightCode = unknown ? null : RISK_TO_CODE.get(risk);
        if (rightCode == null ? riskCode != null : !rightCode.equals(riskCode)) {
            found.add("riskCode " + riskCode + " does not go with " + risk);
        }
        if (unknown == (reason == null)) {
            found.add("a reason goes with UNKNOWN and with nothing else");
        }
        if (unknown == json.path("validUntil").isTextual()) {
            found.add("validUntil goes with every risk but UNKNOWN");
        }
        if (!json.path("statements").isArray() || !json.path("qualifiers").isArray()) {
            found.add("statements and qualifiers must be arrays");
        }
        return List.copyOf(found);
    }
}
