package dev.hutong.province;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.conformance.jose.SigningKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A platform without a wire: gives the answers of its script, one for each request, and keeps the requests. */
final class ScriptedPlatform implements PlatformClient {
    /** A request as it came. */
    record Asked(URI url, JsonObject json, Duration within) {}

    private final Deque<Function<JsonObject, PlatformReply>> script = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();

    List<Asked> asked() {
        return asked;
    }

    ScriptedPlatform replies(PlatformReply reply) {
        script.add(request -> reply);
        return this;
    }

    /** Answers with a JWS of that type: honest common members for the input, changed by {@code change}. */
    ScriptedPlatform signs(SigningKey key, String typ, String issuer, UnaryOperator<ObjectNode> change) {
        script.add(request -> {
            ObjectNode claims = change.apply(common(issuer, request));
            return signed(key.jws(typ, Codes.utf8(claims.toString())));
        });
        return this;
    }

    static PlatformReply signed(String jws) {
        return new PlatformReply.Answered(200, "application/jose", Buffer.buffer(jws));
    }

    @Override
    public Future<PlatformReply> post(URI url, Buffer json, Duration within) {
        asked.add(new Asked(url, json.toJsonObject(), within));
        return Future.succeededFuture(script.remove().apply(json.toJsonObject()));
    }

    private static ObjectNode common(String issuer, JsonObject request) {
        String text = request.getString("qrCode", request.getString("bizExtData"));
        byte[] input = text != null ? Codes.utf8(text) : Base64Url.decode(request.getString("qrCodeBytes"));
        long now = Codes.NOW.getEpochSecond();
        return JsonNodeFactory.instance
                .objectNode()
                .put("iss", issuer)
                .put("iat", now)
                .put("exp", now + 60)
                .put("requestId", request.getString("requestId"))
                .put("inputHash", sha256(input));
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
