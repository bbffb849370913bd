package dev.hutong.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.config.TelemetryConfig.LogFormat;
import dev.hutong.hub.config.TelemetryConfig.TracesConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryConfigTest {
    @TempDir
    private Path folder;

    private HubConfigReader.Reading read(String yaml) throws IOException {
        return HubConfigReader.read(Files.writeString(folder.resolve("hub.yaml"), yaml));
    }

    private HubConfig valid(String yaml) throws IOException {
        return ((HubConfigReader.Reading.Valid) read(yaml)).config();
    }

    @Test
    void everythingCanBeSwitchedOn() throws IOException {
        HubConfig config = valid("""
                warmUp: 500ms
                telemetry: { logs: json, accessLog: true, traces: { endpoint: "http://127.0.0.1:4318", sampling: 1 } }
                """);

        assertThat(config.telemetry())
                .isEqualTo(new TelemetryConfig(
                        Optional.of(new TracesConfig(URI.create("http://127.0.0.1:4318"), 1)), LogFormat.JSON, true));
        assertThat(config.warmUp().limit()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aHubThatIsToldNothingTracesNothing() throws IOException {
        assertThat(valid("").telemetry()).isEqualTo(TelemetryConfig.DEFAULT);
        assertThat(valid("telemetry: { traces: { sampling: 0.5 } }").telemetry().traces())
                .isEmpty();
    }

    @Test
    void noWarmUpIsZero() throws IOException {
        assertThat(valid("warmUp: 0").warmUp()).isEqualTo(WarmUpConfig.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            warmUp: 31s                                                     | warmUp: at most 30s
            warmUp: soon                                                    | warmUp: a time such as
            telemetry: { logs: xml }                                        | telemetry.logs: one of text, json
            telemetry: { accessLog: 1 }                                     | telemetry.accessLog: true or false
            telemetry: { traces: { endpoint: "127.0.0.1:4318" } }           | telemetry.traces.endpoint:
            telemetry: { traces: { endpoint: "ftp://a" } }                  | telemetry.traces.endpoint: http or https
            telemetry: { traces: { endpoint: "http://u:p@a" } }             | telemetry.traces.endpoint: http or https
            telemetry: { traces: { sampling: 0 } }                          | telemetry.traces.sampling: a share above 0
            telemetry: { traces: { sampling: 1.1 } }                        | telemetry.traces.sampling: a share above 0
            """)
    void aMistakeIsToldWithItsPath(String yaml, String mistake) throws IOException {
        assertThat(read(yaml))
                .isInstanceOfSatisfying(
                        HubConfigReader.Reading.Invalid.class,
                        invalid -> assertThat(invalid.mistakes())
                                .satisfiesExactly(one -> assertThat(one).startsWith(mistake)));
    }
}
