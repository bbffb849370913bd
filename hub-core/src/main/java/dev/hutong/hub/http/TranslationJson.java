package dev.hutong.hub.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.hub.resolve.DecisionJson;
import dev.hutong.hub.resolve.Disclosure;
import dev.hutong.hub.translate.Translated;
import dev.hutong.mapping.translate.Loss;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes what {@code openapi.yaml} calls a {@code Translation}. */
final class TranslationJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TranslationJson() {}

    static byte[] write(Translated translated, Disclosure disclosed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeFieldName("decision");
            json.writeRawValue(
                    new String(DecisionJson.write(translated.decision(), disclosed), StandardCharsets.UTF_8));
            json.writeStringField("to", translated.target().format().id().value());
            json.writeStringField("writtenBy", translated.target().format().versioned());
            switch (translated) {
                case Translated.Signed signed -> signed(json, signed);
                case Translated.Refused refused -> refused(json, refused);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void signed(JsonGenerator json, Translated.Signed signed) throws IOException {
        json.writeObjectField("claims", signed.claims());
        json.writeArrayFieldStart("losses");
        for (Loss loss : signed.losses()) {
            loss(json, loss);
        }
        json.writeEndArray();
        json.writeStringField("token", signed.token());
        json.writeNullField("refused");
    }

    private static void refused(JsonGenerator json, Translated.Refused refused) throws IOException {
        json.writeNullField("claims");
        json.writeArrayFieldStart("losses");
        json.writeEndArray();
        json.writeNullField("token");
        json.writeFieldName("refused");
        loss(json, refused.loss());
    }

    private static void loss(JsonGenerator json, Loss loss) throws IOException {
        json.writeStartObject();
        json.writeStringField("field", loss.field());
        text(json, "from", loss.from());
        text(json, "to", loss.to());
        json.writeStringField("why", loss.why());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }
}
