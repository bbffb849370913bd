package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.TelemetryConfig;
import dev.hutong.hub.config.TelemetryConfig.TracesConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces, as a collector receives them. */
class TracesIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final InstantSource clock = InstantSource.system();
    private final List<String> received = new CopyOnWriteArrayList<>();

    @Test
    void aRequestArrivesInTheCallersTraceWithASpanForEachStepAndNothingOfTheCode(@TempDir Path data)
            throws IOException {
        HttpServer collector = collector();
        try (VirtualProvinces provinces = VirtualProvinces.startDemo(clock)) {
            TestHub.append(data, clock, TestHub.registrationOf(provinces, clock.instant()));
            var code = provinces.province(Codes.GUANGDONG).sign(Codes.green(clock.instant()));
            String decision;
            try (TestHub hub = TestHub.start(tracing(data, collector), clock)) {
                Exchange answer = hub.verifier()
                        .resolve(
                                HubClient.request(code).toString().getBytes(StandardCharsets.UTF_8),
                                Map.of(
                                        "traceparent",
                                        "00-" + TRACE + "-b7ad6b7169203331-01",
                                        "tracestate",
                                        "who=somebody",
                                        "baggage",
                                        "who=somebody"));
                decision = answer.json().get("id").textValue();
            } // a hub that ends sends what is left

            String all = String.join("\n", received);
            assertThat(all)
                    .contains("POST /v1/resolve", "recognise", "open", "authenticate", "map", "judge", "record")
                    .contains("hutong.operation", "http.response.status_code", decision)
                    .contains(new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1))
                    .doesNotContain("somebody", code.text());
        } finally {
            collector.stop(0);
        }
    }

    /** Its lines are answered on all event loops, and its later ones are read when its first have been answered. */
    @Test
    void theLinesOfABatchStandInTheTraceOfTheirRequest(@TempDir Path data) throws IOException {
        int lines = 300;
        HttpServer collector = collector();
        try {
            Exchange answer;
            try (TestHub hub = TestHub.start(tracing(data, collector), clock)) {
                answer = hub.verifier()
                        .send(
                                "POST",
                                "/v1/resolve-batch",
                                "{\"code\":\"\"}\n".repeat(lines).getBytes(StandardCharsets.UTF_8),
                                Map.of(
                                        "Content-Type",
                                        "application/x-ndjson",
                                        "traceparent",
                                        "00-" + TRACE + "-b7ad6b7169203331-01"));
            }
            String all = String.join("\n", received);
            assertThat(all).contains("POST /v1/resolve-batch");
            assertThat(Pattern.compile("recognise").matcher(all).results()).hasSize(lines);
            assertThat(Pattern.compile("record").matcher(all).results()).hasSize(lines);
            assertThat(decisions(answer)).anySatisfy(decision -> assertThat(all).contains(decision));
        } finally {
            collector.stop(0);
        }
    }

    private static List<String> decisions(Exchange batch) {
        return Pattern.compile("\"id\":\"([^\"]+)\"")
                .matcher(batch.text())
                .results()
                .map(id -> id.group(1))
                .toList();
    }

    private HubConfig tracing(Path data, HttpServer collector) {
        URI endpoint = URI.create("http://127.0.0.1:" + collector.getAddress().getPort());
        return TestHub.config(data).withTelemetry(TelemetryConfig.DEFAULT.withTraces(new TracesConfig(endpoint, 1)));
    }

    /** Takes whatever comes; a protobuf's texts and ids stand in it as they are. */
    private HttpServer collector() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
