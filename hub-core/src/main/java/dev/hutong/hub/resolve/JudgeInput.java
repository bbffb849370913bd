package dev.hutong.hub.resolve;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.policy.Presented;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What the step {@code judge} works on, as octets: a JSON object without white space of {@code statements} as they stand in the decision,
 * {@code refused} (the reasons of the codes that came to no statement), {@code destination}, {@code observed} and {@code decidedAt}, in this
 * order.
 */
public final class JudgeInput {
    private JudgeInput() {}

    /**
     * Feeds them to a digest.
     *
     * @param destination as the request gave it, or null
     */
    public static void write(Presented presented, @Nullable String destination, MessageDigest digest) {
        try (JsonGenerator json =
                DecisionJson.JSON.createGenerator(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            json.writeStartObject();
            json.writeArrayFieldStart("statements");
            for (Statement statement : presented.statements()) {
                DecisionJson.statement(json, statement);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("refused");
            for (Reason reason : presented.refused()) {
                json.writeString(reason.name());
            }
            json.writeEndArray();
            DecisionJson.text(json, "destination", destination);
            DecisionJson.observed(json, presented.observedTemperature());
            DecisionJson.text(json, "decidedAt", presented.now());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
