import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureVerifier;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.jose.StrictJson;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The least that any correct server must do for a code on this stack: read the body, decode it strictly, verify one signature, and
 * send fixed JSON back. What the hub reaches is measured as a share of what this reaches.
 *
 * <p>Arguments: the port, and the public JWK that the codes are signed with. Runs from its source: see {@code run}.
 */
final class LimitServer {
    private static final Buffer ANSWER = Buffer.buffer("{\"risk\":\"LOW\",\"riskCode\":\"00\",\"reason\":null}");

    public static void main(String[] arguments) throws Exception {
        SignatureVerifier verifier = switch (PublicJwk.parse(Files.readAllBytes(Path.of(arguments[1])))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) -> SignatureProviders.choose().verifier(key);
            case KeyAdmission.Refused<PublicJwk> refused -> throw new IllegalArgumentException(refused.explanation());
        };
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        if (!vertx.isNativeTransportEnabled()) {
            throw new IllegalStateException("no native transport: the limit would be too low");
        }
        vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    boolean good = isGood(body.getBytes(), verifier);
                    request.response()
                            .setStatusCode(good ? 200 : 422)
                            .putHeader("content-type", "application/json")
                            .end(ANSWER);
                }))
                .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
                .onSuccess(server -> System.out.println("ready"))
                .onFailure(failure -> {
                    System.err.println(failure);
                    System.exit(1);
                });
    }

    private static boolean isGood(byte[] body, SignatureVerifier verifier) {
        JsonNode code = StrictJson.read(body).orElseThrow().get("code");
        byte[] jws = code.textValue().substring(code.textValue().indexOf(':') + 1).getBytes(StandardCharsets.ISO_8859_1);
        int first = indexOfDot(jws, 0);
        int second = indexOfDot(jws, first + 1);
        byte[] header = StrictBase64Url.decodeOrNull(jws, 0, first);
        byte[] payload = StrictBase64Url.decodeOrNull(jws, first + 1, second);
        byte[] signature = StrictBase64Url.decodeOrNull(jws, second + 1, jws.length);
        return StrictJson.read(header).isPresent()
                && StrictJson.read(payload).isPresent()
                && verifier.verify(java.util.Arrays.copyOf(jws, second), signature);
    }

    private static int indexOfDot(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '.') {
            at++;
        }
        return at;
    }
}
