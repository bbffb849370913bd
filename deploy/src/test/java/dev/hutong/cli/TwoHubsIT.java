package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hubs as processes of their own, as docs/cluster.md says to run them. */
class TwoHubsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String RESOLVED = "{\"code\":\"no health code\"}";

    private final String name = "hutong-" + UUID.randomUUID();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Path config(String data, EmbeddedPostgres server, int port, int other) throws IOException {
        return Files.writeString(folder.resolve(data + ".yaml"), """
                data: %s
                warmUp: 0
                http: { port: 0 }
                management: { port: 0 }
                registry: { store: { url: "jdbc:postgresql://127.0.0.1:%d/postgres", user: postgres } }
                cluster: { name: %s, bind: "127.0.0.1:%d", members: ["127.0.0.1:%d"] }
                """.formatted(
                        folder.resolve(data), server.getPort(), name, port, other));
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private HutongProcess serve(Path config) throws IOException {
        return HutongProcess.start(folder, "serve", "--config", config.toString());
    }

    private String get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String resolve(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/resolve"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(RESOLVED))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Asks until it is so, and all the while for decisions, which must go on. */
    private void awaitMembers(Matcher hub, int count) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!get(hub.group(2) + "/metrics").contains("\nhutong_cluster_members " + count + ".0")) {
            assertThat(Instant.now()).as(count + " members").isBefore(end);
            assertThat(resolve(hub.group(1))).contains("\"UNKNOWN_FORMAT\"");
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    @Test
    void aHubThatIsKilledIsNotMissedAndComesBack() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            int portA = freePort();
            int portB = freePort();
            Path configA = config("a", server, portA, portB);
            Path configB = config("b", server, portB, portA);
            try (HutongProcess killed = serve(configA)) {
                Matcher hubA = killed.awaitReady();
                Path logKey = Path.of("log-key.jwk.json");
                Files.copy(
                        folder.resolve("a").resolve(logKey),
                        Files.createDirectories(folder.resolve("b")).resolve(logKey));
                try (HutongProcess process = serve(configB)) {
                    Matcher hubB = process.awaitReady();
                    awaitMembers(hubA, 2);
                    awaitMembers(hubB, 2);

                    killed.kill();
                    awaitMembers(hubB, 1);
                    assertThat(get(hubB.group(2) + "/health/ready")).contains("\"UP\"");

                    try (HutongProcess again = serve(configA)) {
                        awaitMembers(again.awaitReady(), 2);
                        awaitMembers(hubB, 2);
                    }
                    process.terminate();
                    assertThat(process.awaitExit()).isZero();
                }
            }
        }
    }

    @Test
    void aHubThatStandsAloneLoadsNothingOfIt() throws Exception {
        Path classes = folder.resolve("classes.txt");
        try (HutongProcess process = HutongProcess.start(
                folder,
                Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes),
                "dev.hutong.cli.Hutong",
                "serve",
                "--port",
                "0",
                "--management-port",
                "0")) {
            Matcher hub = process.awaitReady();
            assertThat(resolve(hub.group(1))).contains("\"UNKNOWN_FORMAT\"");
            process.terminate();
            assertThat(process.awaitExit()).isZero();
        }
        assertThat(Files.readString(classes)).contains("dev.hutong.hub.Hub ").doesNotContain("com.hazelcast");
    }
}
