import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureSigner;
import dev.hutong.registry.jose.StrictBase64Url;
import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Mints request bodies for the benchmark: a line each, no two the same, so that every code is one the server has never seen.
 *
 * <p>Arguments: the private JWK to sign with, the file to write, and how many. The codes live for ten minutes.
 */
final class MintCodes {
    public static void main(String[] arguments) throws Exception {
        PrivateJwk key = switch (PrivateJwk.parse(Files.readAllBytes(Path.of(arguments[0])))) {
            case KeyAdmission.Admitted<PrivateJwk>(PrivateJwk admitted) -> admitted;
            case KeyAdmission.Refused<PrivateJwk> refused -> throw new IllegalArgumentException(refused.explanation());
        };
        String header = encode("{\"alg\":\"ES256\",\"kid\":\"" + key.publicJwk().kid() + "\",\"typ\":\"ykm+jwt\"}");
        write(Path.of(arguments[1]), Integer.parseInt(arguments[2]), header, SignatureProviders.choose().signer(key));
    }

    private static final int CHUNK = 10_000;

    private static void write(Path file, int codes, String header, SignatureSigner signer) throws Exception {
        long now = Instant.now().getEpochSecond();
        String batch = UUID.randomUUID().toString();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int from = 0; from < codes; from += CHUNK) {
                List<String> lines = IntStream.range(from, Math.min(from + CHUNK, codes))
                        .parallel()
                        .mapToObj(i -> request(batch, i, now, header, signer))
                        .toList();
                for (String line : lines) {
                    out.write(line);
                    out.newLine();
                }
            }
        }
    }

    private static String request(String batch, int i, long now, String header, SignatureSigner signer) {
        String payload = encode(("{\"iss\":\"440000.yuekangma\",\"jti\":\"%s-%d\",\"sub\":\"holder-%08d\",\"iat\":%d,\"exp\":%d,\"asof\":%d,"
                        + "\"ver\":2,\"mz\":\"G\",\"xm\":\"陈*明\",\"zj\":\"10\",\"hs\":{\"jg\":\"N\",\"sj\":%d}}")
                .formatted(batch, i, i, now, now + 600, now - 60, now - 40_000));
        String input = header + "." + payload;
        String jws = input + "." + StrictBase64Url.encode(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
        return "{\"code\":\"YKM2:" + jws + "\",\"destination\":\"330100\"}";
    }

    private static String encode(String text) {
        return StrictBase64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }
}
