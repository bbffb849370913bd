import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureVerifier;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.jose.StrictJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends a file of request bodies in batches, two at once, and tells how many lines were answered in a second; or verifies the signatures in
 * it on one thread, and tells how many.
 *
 * <p>Arguments: {@code load}, the port, the file, for how many seconds; or {@code bare}, the public JWK, the file, for how many seconds. TOKEN,
 * an access token, goes with each batch. With AGAIN the file is sent over and over. Prints nothing where a line was not answered LOW. Runs from
 * its source.
 */
final class BatchLoad {
    /** Of about 700 octets, so that a batch is well below a mebibyte. */
    private static final int LINES = 1_000;

    /** So that the core has something to do while the end of a batch waits for the ledger. */
    private static final int AT_ONCE = 2;

    public static void main(String[] arguments) throws Exception {
        List<String> lines = Files.readAllLines(Path.of(arguments[2]));
        long seconds = Long.parseLong(arguments[3]);
        if (arguments[0].equals("bare")) {
            bare(arguments[1], lines, seconds);
        } else {
            load(URI.create("http://127.0.0.1:" + arguments[1] + "/v1/resolve-batch"), lines, seconds);
        }
        System.exit(0);
    }

    private static void load(URI hub, List<String> lines, long seconds) {
        List<byte[]> batches = new ArrayList<>();
        for (int from = 0; from + LINES <= lines.size(); from += LINES) {
            batches.add(String.join("\n", lines.subList(from, from + LINES)).getBytes(StandardCharsets.UTF_8));
        }
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        boolean again = System.getenv("AGAIN") != null;
        AtomicInteger sent = new AtomicInteger();
        AtomicBoolean failed = new AtomicBoolean();
        long began = System.nanoTime();
        try (ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < AT_ONCE; i++) {
                senders.execute(() -> {
                    while (!failed.get() && System.nanoTime() - began < seconds * 1_000_000_000L) {
                        int next = sent.getAndIncrement();
                        if (next >= batches.size() && !again) {
                            System.err.println("there were too few batches: " + batches.size());
                            failed.set(true);
                        } else if (!isAnswered(client, hub, batches.get(next % batches.size()))) {
                            failed.set(true);
                        }
                    }
                });
            }
        }
        if (!failed.get()) {
            System.out.printf("RESULT %.0f%n", (double) sent.get() * LINES * 1e9 / (System.nanoTime() - began));
        }
    }

    private static boolean isAnswered(HttpClient client, URI hub, byte[] batch) {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(batch));
        String token = System.getenv("TOKEN");
        if (token != null && !token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            String answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            int low = 0;
            for (int at = answer.indexOf("\"riskCode\":\"00\"");
                    at >= 0;
                    at = answer.indexOf("\"riskCode\":\"00\"", at + 1)) {
                low++;
            }
            if (low != LINES) {
                System.err.println(low + " of " + LINES + ": " + answer.substring(0, Math.min(300, answer.length())));
            }
            return low == LINES;
        } catch (java.io.IOException | InterruptedException e) {
            System.err.println(e);
            return false;
        }
    }

    /** A signing input and its signature. */
    private record Signed(byte[] input, byte[] signature) {}

    private static void bare(String jwk, List<String> lines, long seconds) throws Exception {
        SignatureVerifier verifier = switch (PublicJwk.parse(Files.readAllBytes(Path.of(jwk)))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) ->
                SignatureProviders.choose().verifier(key);
            case KeyAdmission.Refused<PublicJwk> refused -> throw new IllegalArgumentException(refused.explanation());
        };
        List<Signed> all = lines.stream().map(BatchLoad::signed).toList();
        verify(verifier, all, 2);
        System.out.printf("RESULT %d%n", verify(verifier, all, seconds));
    }

    private static long verify(SignatureVerifier verifier, List<Signed> all, long seconds) {
        long began = System.nanoTime();
        long verified = 0;
        while (System.nanoTime() - began < seconds * 1_000_000_000L) {
            Signed one = all.get((int) (verified++ % all.size()));
            if (!verifier.verify(one.input(), one.signature())) {
                throw new IllegalStateException("a good signature is none");
            }
        }
        return verified / seconds;
    }

    private static Signed signed(String line) {
        JsonNode code = StrictJson.read(line.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .get("code");
        byte[] jws =
                code.textValue().substring(code.textValue().indexOf(':') + 1).getBytes(StandardCharsets.ISO_8859_1);
        int dot = code.textValue().lastIndexOf('.') - code.textValue().indexOf(':') - 1;
        return new Signed(Arrays.copyOf(jws, dot), StrictBase64Url.decodeOrNull(jws, dot + 1, jws.length));
    }
}
