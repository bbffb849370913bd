import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureSigner;
import dev.hutong.registry.jose.StrictBase64Url;
import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Mints request bodies for the benchmark: a line each, no two the same, so that every code is one the server has never seen.
 *
 * <p>Arguments: a folder, how many files, how many codes in each. Writes {@code codes-1}, {@code codes-2} … and the public key
 * {@code key.pub.json}. The codes live for ten minutes.
 */
final class MintCodes {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int files = Integer.parseInt(arguments[1]);
        int codes = Integer.parseInt(arguments[2]);
        PrivateJwk key = PrivateJwk.generate(SignatureAlgorithm.ES256, new SecureRandom());
        SignatureSigner signer = SignatureProviders.choose().signer(key);
        Files.writeString(folder.resolve("key.pub.json"), key.publicJwk().toJson().toString());
        String header = encode("{\"alg\":\"ES256\",\"kid\":\"" + key.publicJwk().kid() + "\",\"typ\":\"ykm+jwt\"}");
        for (int file = 1; file <= files; file++) {
            write(folder.resolve("codes-" + file), codes, header, signer);
        }
    }

    private static void write(Path file, int codes, String header, SignatureSigner signer) throws Exception {
        long now = Instant.now().getEpochSecond();
        List<String> lines = IntStream.range(0, codes).parallel().mapToObj(i -> {
            String payload = encode(("{\"iss\":\"440000.yuekangma\",\"jti\":\"%s-%d\",\"sub\":\"holder-%08d\",\"iat\":%d,\"exp\":%d,\"asof\":%d,"
                            + "\"ver\":2,\"mz\":\"G\",\"xm\":\"陈*明\",\"zj\":\"10\",\"hs\":{\"jg\":\"N\",\"sj\":%d}}")
                    .formatted(file.getFileName(), i, i, now, now + 600, now - 60, now - 40_000));
            String input = header + "." + payload;
            String jws = input + "." + StrictBase64Url.encode(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
            return "{\"code\":\"YKM2:" + jws + "\",\"destination\":\"330100\"}";
        }).toList();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (String line : lines) {
                out.write(line);
                out.newLine();
            }
        }
    }

    private static String encode(String text) {
        return StrictBase64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }
}
