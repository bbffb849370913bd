import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureSigner;
import dev.hutong.registry.jose.StrictBase64Url;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A platform that knows everybody, and everybody is green. Arguments: the port, the private JWK (ES256), the issuer. Runs from its source. */
final class BenchPlatform {
    private static final DateTimeFormatter BEIJING =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));

    public static void main(String[] arguments) throws Exception {
        PrivateJwk key = switch (PrivateJwk.parse(Files.readAllBytes(Path.of(arguments[1])))) {
            case KeyAdmission.Admitted<PrivateJwk>(PrivateJwk admitted) -> admitted;
            case KeyAdmission.Refused<PrivateJwk> refused -> throw new IllegalArgumentException(refused.explanation());
        };
        SignatureSigner signer = SignatureProviders.choose().signer(key);
        String header =
                encode("{\"alg\":\"ES256\",\"kid\":\"" + key.publicJwk().kid() + "\",\"typ\":\"jkm-answer+jwt\"}");
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1))
                .createHttpServer()
                .requestHandler(request -> request.body()
                        .onSuccess(body -> request.response()
                                .putHeader("content-type", "application/jose")
                                .end(answer(body.toJsonObject(), arguments[2], header, signer))))
                .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
                .onSuccess(server -> System.out.println("ready"))
                .onFailure(failure -> {
                    System.err.println(failure);
                    System.exit(1);
                });
    }

    private static String answer(JsonObject request, String issuer, String header, SignatureSigner signer) {
        Instant now = Instant.now();
        JsonObject claims = new JsonObject()
                .put("iss", issuer)
                .put("iat", now.getEpochSecond())
                .put("exp", now.getEpochSecond() + 60)
                .put("requestId", request.getString("requestId"))
                .put("inputHash", sha256(request.getString("qrCode")))
                .put("code", 200)
                .put(
                        "data",
                        new JsonObject().put("level", "green").put("zjgxsj", BEIJING.format(now.minusSeconds(60))));
        String input = header + "." + encode(claims.encode());
        return input + "." + StrictBase64Url.encode(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String sha256(String text) {
        try {
            return StrictBase64Url.encode(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return StrictBase64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }
}
