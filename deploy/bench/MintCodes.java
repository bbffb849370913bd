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
 * <p>Arguments: the private JWK to sign with, the file to write, how many, and of how many octets each body is at least (0 where left out).
 * The codes live for ten minutes, those signed with SM2 for five.
 */
final class MintCodes {
    public static void main(String[] arguments) throws Exception {
        PrivateJwk key = switch (PrivateJwk.parse(Files.readAllBytes(Path.of(arguments[0])))) {
            case KeyAdmission.Admitted<PrivateJwk>(PrivateJwk admitted) -> admitted;
            case KeyAdmission.Refused<PrivateJwk> refused -> throw new IllegalArgumentException(refused.explanation());
        };
        String algorithm = key.publicJwk().algorithm().jose();
        Kind kind = algorithm.equals("SM2") ? Kind.SM2 : Kind.ES256;
        String header = encode("{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"%s\"}"
                .formatted(algorithm, key.publicJwk().kid(), kind.typ));
        int least = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
        MintCodes mint = new MintCodes(kind, least, header, SignatureProviders.choose().signer(key));
        mint.write(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    }

    /** What is signed with which algorithm: the prefix of the text, its type, and its claims but for those that all have. */
    private enum Kind {
        ES256(
                "YKM2:",
                "ykm+jwt",
                600,
                "\"iss\":\"440000.yuekangma\",\"asof\":%1$d,\"ver\":2,\"mz\":\"G\",\"xm\":\"陈*明\",\"zj\":\"10\",\"hs\":{\"jg\":\"N\",\"sj\":%2$d}"),
        SM2("SKM:", "skm+jwt", 300, "\"iss\":\"440100.suikangma\",\"pv\":2,\"lv\":1,\"sbsj\":%2$d000");

        private final String prefix;
        private final String typ;
        private final int lives;
        private final String claims;

        Kind(String prefix, String typ, int lives, String claims) {
            this.prefix = prefix;
            this.typ = typ;
            this.lives = lives;
            this.claims = claims;
        }
    }

    private final Kind kind;
    private final int least;
    private final String header;
    private final SignatureSigner signer;

    private MintCodes(Kind kind, int least, String header, SignatureSigner signer) {
        this.kind = kind;
        this.least = least;
        this.header = header;
        this.signer = signer;
    }

    private static final int CHUNK = 10_000;

    private void write(Path file, int codes) throws Exception {
        long now = Instant.now().getEpochSecond();
        String batch = UUID.randomUUID().toString();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int from = 0; from < codes; from += CHUNK) {
                List<String> lines = IntStream.range(from, Math.min(from + CHUNK, codes))
                        .parallel()
                        .mapToObj(i -> request(batch, i, now))
                        .toList();
                for (String line : lines) {
                    out.write(line);
                    out.newLine();
                }
            }
        }
    }

    private String request(String batch, int i, long now) {
        String payload = encode(("{\"jti\":\"%s-%d\",\"sub\":\"holder-%08d\",\"iat\":%d,\"exp\":%d,"
                        .formatted(batch, i, i, now, now + kind.lives)
                + kind.claims.formatted(now - 60, now - 40_000) + "}"));
        String input = header + "." + payload;
        String jws = input + "." + StrictBase64Url.encode(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
        String body = "{\"code\":\"" + kind.prefix + jws + "\",\"destination\":\"330100\"";
        int missing = least - body.length() - ",\"purpose\":\"\"}".length();
        return body + (missing > 0 ? ",\"purpose\":\"" + "x".repeat(missing) + "\"}" : "}");
    }

    private static String encode(String text) {
        return StrictBase64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }
}
