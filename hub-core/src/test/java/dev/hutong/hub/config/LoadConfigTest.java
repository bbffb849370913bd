package dev.hutong.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.clients.Role;
import dev.hutong.hub.config.HubConfigReader.Reading;
import dev.hutong.hub.load.Limits;
import dev.hutong.hub.load.Quota;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadConfigTest {
    @TempDir
    private Path folder;

    @Test
    void everyKeyIsRead() {
        assertThat(read("""
                        load:
                          patience: 40ms
                          inFlight: 99
                          batch: { lines: 7, octets: 8 }
                          quota:
                            default: { rate: 3/m, burst: 4 }
                            auditor: { rate: 5/h, burst: 6 }
                            proposals: { burst: 9 }
                        """)).isInstanceOfSatisfying(Reading.Valid.class, valid -> {
            LoadConfig load = valid.config().load();
            assertThat(load.limits()).isEqualTo(new Limits(Duration.ofMillis(40), 99));
            assertThat(load.batch()).isEqualTo(new LoadConfig.BatchConfig(7, 8));
            assertThat(load.quotas().otherwise()).isEqualTo(new Quota(3, Duration.ofMinutes(1), 4));
            assertThat(load.quotas().roleToQuota().get(Role.AUDITOR)).isEqualTo(new Quota(5, Duration.ofHours(1), 6));
            assertThat(load.quotas().proposals()).isEqualTo(new Quota(10, Duration.ofMinutes(1), 9));
            assertThat(load.quotas().tokens())
                    .isEqualTo(LoadConfig.DEFAULT.quotas().tokens());
        });
    }

    @Test
    void allMistakesAreToldTogetherEachWithItsPath() {
        assertThat(mistakes("""
                        load:
                          patience: 2s
                          inFlight: 15
                          batch: { lines: 0, octets: 0 }
                          quota:
                            verifier: { rate: 0/s, burst: 0 }
                            tokens: { rate: often }
                        """))
                .satisfiesExactlyInAnyOrder(
                        mistake -> assertThat(mistake).startsWith("load.patience: at most 1000ms"),
                        mistake -> assertThat(mistake).isEqualTo("load.inFlight: at least 16"),
                        mistake -> assertThat(mistake).isEqualTo("load.batch.lines: at least 1"),
                        mistake -> assertThat(mistake).isEqualTo("load.batch.octets: at least 1"),
                        mistake -> assertThat(mistake).startsWith("load.quota.verifier.rate: a rate such as"),
                        mistake -> assertThat(mistake).startsWith("load.quota.tokens.rate: a rate such as"));
    }

    private List<String> mistakes(String text) {
        return read(text) instanceof Reading.Invalid(List<String> mistakes) ? mistakes : List.of();
    }

    private Reading read(String text) {
        try {
            return HubConfigReader.read(Files.writeString(folder.resolve("hub.yaml"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
