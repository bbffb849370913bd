package dev.hutong.province;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.FormatPackages;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.format.InvalidPackageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two packages that would claim the same codes are refused when the hub starts, not when somebody scans one. */
class RecogniserClashTest {
    private static final Regions REGIONS = Regions.load();
    private static final String URL = "url: { hosts: [%s], path: /p, parameter: %s, prefix: %s, hexDigits: 4 }";

    @TempDir
    private Path folder;

    @Test
    void aBeginningOfAnothersBeginningIsRefused() {
        assertClash("text: { prefix: \"AB\" }", "text: { prefix: \"ABC:\" }");
        assertClash("text: { prefix: \"ABC:\" }", "text: { prefix: \"AB\" }");
        assertClash("text: { prefix: \"AB\", hexDigits: 2 }", "text: { prefix: \"AB\", hexDigits: 3 }");
    }

    @Test
    void aTextAndBytesThatBeginAlikeAreRefused() {
        assertClash("text: { prefix: CTID }", "bytes: { prefix: \"43544944\", shortest: 4, longest: 8 }");
        assertClash("text: { prefix: CT }", "bytes: { prefix: \"43544944\", shortest: 4, longest: 8 }");
        assertClash("text: { prefix: 粤 }", "bytes: { prefix: \"e7b2a4\", shortest: 4, longest: 8 }");
    }

    @Test
    void aPrefixThatCoversALinkIsRefused() {
        assertClash("text: { prefix: \"https://\" }", URL.formatted("a.example", "q", "A"));
        assertClash("text: { prefix: \"https://a.example/p?q=\" }", URL.formatted("a.example", "q", "A"));
    }

    @ParameterizedTest
    @CsvSource({"q, A, q, A", "q, A, q, AB", "q, AB, q, A", "q, A, r, B"})
    void linksThatCannotBeToldApartAreRefused(String one, String onePrefix, String other, String otherPrefix) {
        assertClash(URL.formatted("a.example", one, onePrefix), URL.formatted("a.example", other, otherPrefix));
        assertClash(
                URL.formatted("\"b.example\", \"a.example\"", one, onePrefix),
                URL.formatted("\"a.example\", \"c.example\"", other, otherPrefix));
    }

    @Test
    void linksToOnePageAreToldApartByTheBeginningOfTheirParameter() {
        Recogniser recogniser =
                new Recogniser(packages(URL.formatted("a.example", "q", "A"), URL.formatted("a.example", "q", "B")));
        assertThat(Codes.passed(recogniser.recognise(ScannedCode.ofText("https://a.example/p?q=A0000")))
                        .format()
                        .id()
                        .value())
                .isEqualTo("one");
        assertThat(Codes.passed(recogniser.recognise(ScannedCode.ofText("https://a.example/p?x=&q=B0000")))
                        .format()
                        .id()
                        .value())
                .isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"YKM2:", "YKM", "jkm20201", "CTID", "https://h5.dingtalk.com/", "\\u0000", "粤康码"})
    void aFormatMoreEitherClashesWithAFormatThatTravelsWithTheHubOrHarmsNone(String prefix) {
        write("other", "text: { prefix: \"" + prefix + "\" }");
        FormatPackages all =
                Codes.VERSIONS.and(FormatVersions.load(folder, REGIONS)).inForce(Instant.EPOCH);
        if (prefix.startsWith("\\") || prefix.startsWith("粤")) {
            Recogniser recogniser = new Recogniser(all);
            assertThat(Codes.passed(recogniser.recognise(ScannedCode.ofText(Codes.LINK)))
                            .format()
                            .id()
                            .value())
                    .isEqualTo("hangzhou");
        } else {
            assertThatThrownBy(() -> new Recogniser(all))
                    .isInstanceOf(InvalidPackageException.class)
                    .hasMessageStartingWith("recognise: ");
        }
    }

    @Test
    void withoutFormatsNothingIsClaimed() {
        Recogniser recogniser =
                new Recogniser(FormatVersions.load(folder, REGIONS).inForce(Instant.EPOCH));
        Codes.assertRefused(recogniser.recognise(ScannedCode.ofText(Codes.JKM)), Reason.UNKNOWN_FORMAT);
    }

    private void assertClash(String one, String other) {
        FormatPackages both = packages(one, other);
        assertThatThrownBy(() -> new Recogniser(both))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessageStartingWith("recognise: ");
    }

    private FormatPackages packages(String one, String other) {
        write("one", one);
        write("other", other);
        return FormatVersions.load(folder, REGIONS).inForce(Instant.EPOCH);
    }

    private void write(String format, String recognise) {
        try {
            Files.writeString(
                    Files.createDirectories(folder.resolve(format)).resolve(FormatVersions.DOCUMENT),
                    """
                    format: %s
                    version: 1.0.0
                    region: "330100"
                    title: { zh-CN: 示例, en: example }
                    recognise:
                      - %s
                    open:
                      signed-text:
                        typ: ex+jwt
                        claims:
                          iss: { type: text }
                          iat: { type: seconds }
                          exp: { type: seconds }
                          state: { type: text }
                          since: { type: milliseconds }
                    statements:
                      state: state
                      assertedAt: since
                      rules:
                        - { id: green, state: G, risk: LOW, meaning: { zh-CN: 绿, en: green } }
                      otherwise: { id: unmapped, meaning: { zh-CN: 未知, en: unknown } }
                      validity:
                        - { until: since + 24 * hours, reason: EXPIRED_STATEMENT }
                    """.formatted(format, recognise));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
