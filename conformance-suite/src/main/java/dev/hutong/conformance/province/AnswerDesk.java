package dev.hutong.conformance.province;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.conformance.province.ProvinceSheet.Platform;
import dev.hutong.conformance.province.ProvinceSheet.Step;
import dev.hutong.conformance.template.Placeholders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes and signs a platform's answers; knows nothing of HTTP. */
final class AnswerDesk {
    private final String issuerId;
    private final Platform platform;
    private final SigningKey key;
    private final Supplier<SigningKey> foreignKey;
    private final InstantSource clock;
    private final AnswerBook book;
    private final SecureRandom random = new SecureRandom();

    /** A desk that signs with {@code key}, or with {@code foreignKey} where an answer shall come from another issuer. */
    AnswerDesk(
            VirtualProvince province,
            Platform platform,
            Supplier<SigningKey> foreignKey,
            InstantSource clock,
            AnswerBook book) {
        this.issuerId = province.issuerId();
        this.key = province.key();
        this.platform = platform;
        this.foreignKey = foreignKey;
        this.clock = clock;
        this.book = book;
    }

    /** The body of the answer at a step, or empty where the step knows no such input and has no way to say so. */
    Optional<String> answer(
            int stepNumber, PlatformRequest request, Optional<Answer> known, Behaviour behaviour, int ordinal) {
        Step step = platform.steps().get(stepNumber);
        if (known.isEmpty()) {
            return step.refusal() == null
                    ? Optional.empty()
                    : Optional.of(key.jws(step.typ(), bytes(refusal(step, request, platform.unknown()))));
        }
        ObjectNode claims = claims(step, request, known.get(), behaviour, ordinal);
        return Optional.of(token(step.typ(), claims, behaviour));
    }

    private ObjectNode claims(Step step, PlatformRequest request, Answer answer, Behaviour behaviour, int ordinal) {
        if (!(behaviour instanceof Behaviour.Said said)) {
            return honest(step, request, answer);
        }
        return switch (said) {
            case Behaviour.Refuses(int code) -> refusal(step, request, code);
            case Behaviour.RefusesOnce(int code) ->
                ordinal == 1 ? refusal(step, request, code) : honest(step, request, answer);
            case Behaviour.MalformedRecord _ -> common(request).setAll(malformed(step, answer));
            case Behaviour.Claim(String name, JsonNode value) ->
                honest(step, request, answer).set(name, value);
            case Behaviour.Without(String name) -> honest(step, request, answer).without(name);
            case Behaviour.Padded(int characters) ->
                honest(step, request, answer).put("padding", "x".repeat(characters));
            case Behaviour.Times(var issued, var expires) ->
                honest(step, request, answer)
                        .put("iat", clock.instant().plus(issued).getEpochSecond())
                        .put("exp", clock.instant().plus(expires).getEpochSecond());
        };
    }

    private String token(String typ, ObjectNode claims, Behaviour behaviour) {
        if (!(behaviour instanceof Behaviour.Signed signed)) {
            return key.jws(typ, bytes(claims));
        }
        return switch (signed) {
            case Behaviour.Faulty(var fault) -> fault.token(key, typ, bytes(claims));
            case Behaviour.PlainJson _ -> claims.toString();
            case Behaviour.ByAnotherIssuer _ -> foreignKey.get().jws(typ, bytes(claims));
        };
    }

    private ObjectNode honest(Step step, PlatformRequest request, Answer answer) {
        ObjectNode claims = common(request);
        Placeholders placeholders = placeholders().with("record", answer.record());
        if (step.answer().toString().contains("${handle}")) {
            placeholders = placeholders.with("handle", book.handle(answer));
        }
        return claims.setAll((ObjectNode) placeholders.fill(step.answer()));
    }

    /** The honest members with a record that is none; where the record travels as text, that text is cut in half. */
    private ObjectNode malformed(Step step, Answer answer) {
        String text = answer.record().toString();
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        step.answer()
                .properties()
                .forEach(member -> members.set(
                        member.getKey(),
                        switch (member.getValue().asText()) {
                            case "${record}" -> TextNode.valueOf("no record");
                            case "${text:record}" -> TextNode.valueOf(text.substring(0, text.length() / 2));
                            default -> placeholders().with("handle", "").fill(member.getValue());
                        }));
        return members;
    }

    private ObjectNode refusal(Step step, PlatformRequest request, int code) {
        JsonNode refusal = step.refusal();
        if (refusal == null) {
            throw new IllegalStateException(step.path() + " has no way to refuse");
        }
        return common(request).setAll((ObjectNode)
                placeholders().with("code", IntNode.valueOf(code)).fill(refusal));
    }

    private ObjectNode common(PlatformRequest request) {
        long now = clock.instant().getEpochSecond();
        return JsonNodeFactory.instance
                .objectNode()
                .put("iss", issuerId)
                .put("iat", now)
                .put("exp", now + platform.lifetimeSeconds())
                .put("requestId", request.requestId())
                .put("inputHash", hash(request.input().bytes()));
    }

    private Placeholders placeholders() {
        Instant now = clock.instant();
        return new Placeholders(now, random);
    }

    private static byte[] bytes(ObjectNode claims) {
        return claims.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(byte[] input) {
        try {
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(input));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
