package dev.hutong.conformance.province;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.hutong.conformance.jose.Algorithm;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The file that describes virtual provinces; the records mirror its YAML. Compact constructors say what is wrong with an entry. */
record ProvinceSheet(List<Province> provinces) {
    ProvinceSheet {
        provinces = List.copyOf(Objects.requireNonNull(provinces, "provinces"));
    }

    /** One issuer: its keys, and either how it signs texts or its platform. */
    @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
    record Province(
            String issuer,
            String name,
            List<Key> keys,
            @Nullable SignedText signedText,
            @Nullable Platform platform) {
        Province {
            Objects.requireNonNull(issuer, "issuer");
            Objects.requireNonNull(name, "name");
            keys = List.copyOf(Objects.requireNonNull(keys, "keys"));
            require(!keys.isEmpty(), issuer + " has no key");
            require((signedText == null) != (platform == null), issuer + " needs either signed-text or platform");
        }
    }

    /** A key pair to generate. One that is not registered is signed with all the same: nobody else knows it. */
    record Key(String name, String alg, @Nullable Boolean registered) {
        Key {
            Objects.requireNonNull(name, "name of a key");
            Algorithm.named(Objects.requireNonNull(alg, "alg of a key"));
        }

        Algorithm algorithm() {
            return Algorithm.named(alg);
        }

        boolean isRegistered() {
            return registered == null || registered;
        }
    }

    /** Codes that carry their statement: what is scanned is the prefix and a JWS of that type. */
    record SignedText(String prefix, String typ) {
        SignedText {
            Objects.requireNonNull(prefix, "prefix");
            Objects.requireNonNull(typ, "typ");
        }
    }

    /**
     * Codes that say nothing: a platform resolves them.
     *
     * @param codes the shapes a code can have, by name; the first is the usual one
     * @param lifetimeSeconds from {@code iat} to {@code exp} of an answer
     * @param unknown the platform's code for an input it does not know
     * @param steps the requests, in their order
     */
    @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
    record Platform(Map<String, CodeShape> codes, long lifetimeSeconds, int unknown, List<Step> steps) {
        Platform {
            require(!Objects.requireNonNull(codes, "codes").isEmpty(), "a platform needs codes");
            require(!Objects.requireNonNull(steps, "steps").isEmpty(), "a platform needs steps");
            require(lifetimeSeconds > 0, "lifetime-seconds must be positive");
            steps = List.copyOf(steps);
        }
    }

    /**
     * How a code is made. A text: {@code token} is what the platform is asked with, {@code scanned} is what stands in the symbol and may hold {@code ${token}}. Bytes: a fixed head in
     * hexadecimal and random bytes up to the length; scanned and asked with alike. Packed: signed parts.
     */
    record CodeShape(
            @Nullable String token,
            @Nullable String scanned,
            @Nullable String head,
            @Nullable Integer length,
            @Nullable PackedShape packed) {
        @JsonCreator
        CodeShape {
            boolean text = token != null && scanned != null && head == null && length == null && packed == null;
            boolean bytes = token == null && scanned == null && head != null && length != null && packed == null;
            boolean parts = token == null && scanned == null && head == null && length == null && packed != null;
            require(text || bytes || parts, "a code shape is either token and scanned, or head and length, or packed");
        }
    }

    /**
     * A text of packed parts: the prefix, the number of bytes in so many decimal digits, the bytes in base64url, the ending.
     *
     * @param input the part that the platform is asked with
     */
    @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
    record PackedShape(String prefix, int lengthDigits, String ending, String input, List<Part> parts) {
        PackedShape {
            Objects.requireNonNull(prefix, "prefix");
            Objects.requireNonNull(ending, "ending");
            Objects.requireNonNull(input, "input");
            parts = List.copyOf(Objects.requireNonNull(parts, "parts"));
        }
    }

    /**
     * One of them: a text with placeholders, bytes in hexadecimal, so many random bytes, or the province's signature over other parts.
     *
     * @param signs the parts that are signed, in their order
     */
    record Part(
            String name,
            @Nullable String text,
            @Nullable String hex,
            @Nullable Integer random,
            @Nullable List<String> signs) {
        Part {
            Objects.requireNonNull(name, "name of a part");
        }
    }

    /**
     * One request and its answer.
     *
     * @param text the request's member that carries the input as text
     * @param bytes the member that carries it in base64url, where the step takes bytes too
     * @param requires members that a request must have besides; an empty value means: any
     * @param answer the members of the answer besides the common ones, with placeholders {@code ${record}}, {@code ${text:record}}, {@code ${handle}}
     * @param refusal the members in their place when the platform refuses, with {@code ${code}}; a step without answers 404 to what it does not know
     */
    record Step(
            String path,
            String typ,
            String text,
            @Nullable String bytes,
            @Nullable Map<String, String> requires,
            JsonNode answer,
            @Nullable JsonNode refusal) {
        Step {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(typ, "typ");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(answer, "answer");
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
