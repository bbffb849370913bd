package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hutong serve} as a process of its own. */
class ServeIT {
    @TempDir
    private Path folder;

    private HutongProcess serve(String... more) throws IOException {
        String[] arguments = new String[more.length + 5];
        System.arraycopy(new String[] {"serve", "--port", "0", "--management-port", "0"}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return HutongProcess.start(folder, arguments);
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }
    }

    /** The log apart, for that stands beside it. */
    private static void assertRefusedInOneLine(InProcess run, String... words) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines().filter(line -> line.startsWith("hutong: ")))
                .singleElement()
                .asString()
                .contains(words);
        assertThat(run.err()).doesNotContain("\tat ", "Exception");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aHubHoldsItsFolderUntilItIsTerminatedAndEndsWith0() throws Exception {
        String data = folder.resolve("data").toString();
        try (HutongProcess process = serve()) {
            Matcher urls = process.awaitReady();

            assertThat(get(urls.group(2) + "/health/ready")).contains("\"UP\"", "Bouncy Castle");
            assertThat(folder.resolve("data/registry.db"))
                    .as("./data is the default")
                    .exists();
            assertRefusedInOneLine(
                    InProcess.run("serve", "--data", data, "--port", "0", "--management-port", "0"),
                    "in use by process ",
                    "Stop the hub");
            assertRefusedInOneLine(
                    InProcess.run("issuer", "list", "--data", data), "in use by process ", "Stop the hub");

            process.terminate();
            assertThat(process.awaitExit()).isZero();
            assertThat(process.err()).contains("Bouncy Castle", "Hub stopped").doesNotContain("Exception", "\tat ");
        }
        assertThat(InProcess.run("issuer", "list", "--data", data).exitCode()).isZero();
    }

    @Test
    void aHubThatIsKilledKeepsEverything() throws Exception {
        SigningKey key = SigningKey.generate(Algorithm.SM2);
        Path jwk = Files.writeString(folder.resolve("key.pub.json"), key.publicJwk());
        String data = folder.resolve("kept").toString();
        assertThat(InProcess.run(
                                "issuer",
                                "add",
                                "--id",
                                "440100.suikangma",
                                "--name",
                                "广州",
                                "--jwk",
                                jwk.toString(),
                                "--data",
                                data)
                        .exitCode())
                .isZero();
        String issuers;
        String hubKeys;
        try (HutongProcess killed = serve("--data", data)) {
            Matcher urls = killed.awaitReady();
            issuers = get(urls.group(1) + "/v1/issuers");
            hubKeys = get(urls.group(1) + "/.well-known/jwks.json");
            killed.kill();
        }
        try (HutongProcess again = serve("--data", data)) {
            Matcher urls = again.awaitReady();

            assertThat(get(urls.group(1) + "/v1/issuers")).isEqualTo(issuers).contains(key.kid(), "广州");
            assertThat(get(urls.group(1) + "/.well-known/jwks.json")).isEqualTo(hubKeys);
        }
    }

    @Test
    void aPortInUseIsToldInOneLine() throws IOException {
        String data = folder.resolve("data").toString();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertRefusedInOneLine(
                    InProcess.run("serve", "--data", data, "--port", port, "--management-port", "0"),
                    "port " + port,
                    "--port");
            assertRefusedInOneLine(
                    InProcess.run("serve", "--data", data, "--port", "0", "--management-port", port),
                    "port " + port,
                    "--management-port");
        }
    }
}
