package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.proposal.EntityConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FederationCommandIT {
    private static final String HUB = "https://hub.example";

    @TempDir
    private Path folder;

    private String key(String algorithm) {
        String file = folder.resolve(algorithm + ".jwk.json").toString();
        assertThat(InProcess.run("keys", "generate", "--alg", algorithm, "--out", file)
                        .exitCode())
                .isZero();
        return file;
    }

    private static InProcess entity(String key, String issuer, String hub, String... more) {
        return InProcess.run(Stream.concat(
                        Stream.of("federation", "entity", "--issuer", issuer, "--key", key, "--hub", hub),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void anEntityConfigurationIsSignedHereAndPrinted() {
        InProcess run = entity(key("ES256"), "440100.suikangma", HUB, "--days", "30");

        assertThat(run.exitCode()).isZero();
        EntityConfiguration signed = EntityConfiguration.parse(run.out().strip());
        assertThat(signed.entity().value()).isEqualTo(HUB + "/federation/issuers/440100.suikangma");
        assertThat(Duration.between(signed.issuedAt(), signed.expiresAt())).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void itGoesIntoAFileThatIsNeverOverwritten() throws IOException {
        String key = key("ES256");
        Path out = folder.resolve("entity.jwt");

        assertThat(entity(key, "440100.suikangma", HUB, "--out", out.toString()).exitCode())
                .isZero();
        String first = Files.readString(out);
        EntityConfiguration.parse(first);
        InProcess again = entity(key, "440100.suikangma", HUB, "--out", out.toString());

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).startsWith("hutong: --out").hasLineCount(1);
        assertThat(out).hasContent(first);
    }

    @Test
    void whatCannotBeSignedIsToldInOneLine() {
        String key = key("ES256");

        assertThat(entity(key, "suikangma", HUB).exitCode()).isEqualTo(2);
        assertThat(entity(key, "440100.suikangma", "http://hub.example").exitCode())
                .isEqualTo(2);
        assertThat(entity(key, "440100.suikangma", HUB, "--days", "399").exitCode())
                .isEqualTo(2);
        assertThat(entity(key, "440100.suikangma", HUB, "--days", "0").exitCode())
                .isEqualTo(2);
        assertThat(entity(folder.resolve("none").toString(), "440100.suikangma", HUB)
                        .exitCode())
                .isEqualTo(1);
        InProcess sm2 = entity(key("SM2"), "440100.suikangma", HUB);
        assertThat(sm2.exitCode()).isEqualTo(1);
        assertThat(sm2.err()).contains("ES256").hasLineCount(1);
        assertThat(InProcess.run("federation").exitCode()).isEqualTo(2);
    }
}
