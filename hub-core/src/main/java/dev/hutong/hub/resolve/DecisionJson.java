package dev.hutong.hub.resolve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Statement;
import dev.hutong.registry.merkle.Checkpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a decision as JSON: the shape that {@code openapi.yaml} calls {@code Decision}. Times are RFC 3339 in UTC. */
public final class DecisionJson {
    static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_LENGTH = 2_048;

    private DecisionJson() {}

    /** Adds members to the decision's object. */
    public interface MoreMembers {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** The whole decision as UTF-8 JSON. */
    public static byte[] write(Decision decision) {
        return write(decision, Disclosure.WHOLE);
    }

    /** The decision as UTF-8 JSON, as far as it is disclosed. */
    public static byte[] write(Decision decision, Disclosure disclosed) {
        return write(decision, disclosed, json -> {});
    }

    /** The decision as UTF-8 JSON, as far as it is disclosed, with more members behind its own. */
    public static byte[] write(Decision decision, Disclosure disclosed, MoreMembers more) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LENGTH);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members(decision, disclosed, json);
            more.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void members(Decision decision, Disclosure disclosed, JsonGenerator json) throws IOException {
        json.writeStringField("id", decision.id());
        json.writeStringField("risk", decision.verdict().risk().name());
        text(json, "riskCode", decision.verdict().risk().code());
        text(json, "reason", decision.verdict().reason());
        qualifiers(json, decision.verdict().qualifiers());
        text(json, "format", decision.format());
        text(json, "issuer", decision.issuer());
        text(json, "destination", decision.destination());
        text(json, "policy", decision.policy());
        observed(json, decision.observedTemperature());
        text(json, "decidedAt", decision.decidedAt());
        text(json, "validUntil", decision.verdict().validUntil());
        checkpoint(json, decision.checkpoint());
        codes(json, decision, disclosed);
        if (disclosed.whole()) {
            statements(json, decision, disclosed.extent());
        }
        json.writeArrayFieldStart("contradictions");
        for (Statement statement : decision.verdict().contradictions()) {
            json.writeStartObject();
            text(json, "issuer", statement.issuer());
            text(json, "region", statement.region());
            text(json, "native", statement.nativeState());
            json.writeStringField("risk", statement.risk().name());
            json.writeEndObject();
        }
        json.writeEndArray();
        words(json, decision.words(), disclosed.extent());
        if (disclosed.whole()) {
            trace(json, decision, disclosed.extent());
        }
        if (disclosed.extent() == Extent.ABRIDGED) {
            json.writeBooleanField("abridged", true);
        }
    }

    private static void statements(JsonGenerator json, Decision decision, Extent extent) throws IOException {
        json.writeArrayFieldStart("statements");
        for (Statement statement : decision.statements()) {
            statement(json, statement, extent);
        }
        json.writeEndArray();
    }

    private static void trace(JsonGenerator json, Decision decision, Extent extent) throws IOException {
        json.writeArrayFieldStart("trace");
        for (TraceLine line : extent == Extent.WHOLE ? decision.trace() : List.<TraceLine>of()) {
            traceLine(json, line);
        }
        json.writeEndArray();
    }

    private static void codes(JsonGenerator json, Decision decision, Disclosure disclosed) throws IOException {
        if (!decision.isAboutSeveral()) {
            json.writeNullField("codes");
            maskedName(json, decision.codes().getFirst(), disclosed);
            return;
        }
        json.writeArrayFieldStart("codes");
        for (CodeOutcome code : decision.codes()) {
            json.writeStartObject();
            text(json, "format", code.format());
            text(json, "issuer", code.issuer());
            text(json, "reason", code.reason());
            maskedName(json, code, disclosed);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void maskedName(JsonGenerator json, CodeOutcome code, Disclosure disclosed) throws IOException {
        if (disclosed.showsName()) {
            text(json, "maskedName", code.maskedName());
        }
    }

    private static void traceLine(JsonGenerator json, TraceLine line) throws IOException {
        json.writeStartObject();
        json.writeStringField("step", line.step());
        Integer code = line.code();
        if (code == null) {
            json.writeNullField("code");
        } else {
            json.writeNumberField("code", code);
        }
        text(json, "rule", line.rule());
        json.writeStringField("outcome", line.outcome());
        json.writeStringField("note", line.note());
        text(json, "inputs", line.inputs());
        json.writeEndObject();
    }

    static void observed(JsonGenerator json, @Nullable String temperature) throws IOException {
        if (temperature == null) {
            json.writeNullField("observed");
            return;
        }
        json.writeObjectFieldStart("observed");
        json.writeStringField("temperature", temperature);
        json.writeEndObject();
    }

    static void statement(JsonGenerator json, Statement statement) throws IOException {
        statement(json, statement, Extent.WHOLE);
    }

    private static void statement(JsonGenerator json, Statement statement, Extent extent) throws IOException {
        json.writeStartObject();
        text(json, "issuer", statement.issuer());
        text(json, "region", statement.region());
        text(json, "assertedBy", statement.assertedBy());
        text(json, "native", statement.nativeState());
        json.writeStringField("risk", statement.risk().name());
        json.writeStringField("assertedRisk", statement.assertedRisk().name());
        text(json, "reason", statement.reason());
        qualifiers(json, statement.isValid() ? statement.qualifiers() : Set.of());
        text(json, "cause", statement.cause());
        text(json, "assertedAt", statement.assertedAt());
        text(json, "validUntil", statement.validUntil());
        json.writeArrayFieldStart("evidence");
        for (Evidence evidence : extent == Extent.WHOLE ? statement.evidence() : List.<Evidence>of()) {
            json.writeStartObject();
            json.writeStringField("kind", evidence.kind());
            json.writeStringField("value", evidence.value());
            text(json, "at", evidence.at());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("evidenceOnly", statement.evidenceOnly());
        json.writeStringField("rule", statement.rule());
        json.writeEndObject();
    }

    private static void checkpoint(JsonGenerator json, Checkpoint checkpoint) throws IOException {
        json.writeObjectFieldStart("checkpoint");
        json.writeNumberField("size", checkpoint.size());
        json.writeStringField("root", checkpoint.root().toBase64());
        json.writeEndObject();
    }

    private static void words(JsonGenerator json, Decision.Words words, Extent extent) throws IOException {
        bilingual(json, "explanation", extent == Extent.WHOLE ? words.explanation() : null);
        bilingual(json, "remedy", words.remedy());
        Appeal appeal = words.appeal();
        if (appeal == null) {
            json.writeNullField("appeal");
            return;
        }
        json.writeObjectFieldStart("appeal");
        text(json, "issuer", appeal.issuer());
        text(json, "region", appeal.region());
        languages(json, appeal.text());
        json.writeEndObject();
    }

    private static void bilingual(JsonGenerator json, String name, @Nullable Bilingual text) throws IOException {
        if (text == null) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        languages(json, text);
        json.writeEndObject();
    }

    private static void languages(JsonGenerator json, Bilingual text) throws IOException {
        json.writeStringField("zh-CN", text.chinese());
        json.writeStringField("en", text.english());
    }

    private static void qualifiers(JsonGenerator json, Set<Qualifier> qualifiers) throws IOException {
        json.writeArrayFieldStart("qualifiers");
        for (Qualifier qualifier : qualifiers) {
            json.writeString(qualifier.name());
        }
        json.writeEndArray();
    }

    static void text(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value.toString());
        }
    }
}
