package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.conformance.demo.QrImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code hutong resolve} against a hub that knows no issuers: each decision ends with 0. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResolveIT {
    private static final String NATIONAL = "jkm2020" + "0123456789abcdef".repeat(2);

    private WatchedHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        hub = WatchedHub.start(data, InstantSource.system());
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private String[] arguments(String... more) {
        return Stream.concat(Stream.of("resolve", "--hub", hub.url().toString()), Arrays.stream(more))
                .toArray(String[]::new);
    }

    private InProcess resolve(String... more) {
        return InProcess.run(arguments(more));
    }

    private JsonNode decision(InProcess run) throws IOException {
        assertThat(run.exitCode()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void anUnknownIsADecisionAndEndsWith0() {
        InProcess run = resolve("--text", "no code");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("UNKNOWN  UNKNOWN_FORMAT")
                .contains("no code the hub knows", "next: 请出示健康码本身 / Show the health code itself");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theEmptyTextIsADecisionToo() {
        assertThat(resolve("--text", "").out()).contains("UNKNOWN_FORMAT");
    }

    @Test
    void jsonIsTheHubsDecision() throws IOException {
        JsonNode decision = decision(resolve("--text", NATIONAL, "--destination", "440100", "--json"));

        assertThat(decision.get("reason").textValue()).isEqualTo("UNKNOWN_ISSUER");
        assertThat(decision.get("format").textValue()).isEqualTo("national");
        assertThat(decision.get("destination").textValue()).isEqualTo("440100");
    }

    @Test
    void explainAddsALineForEachStep() {
        assertThat(resolve("--text", NATIONAL).out()).doesNotContain("recognise");
        assertThat(resolve("--text", NATIONAL, "--explain").out())
                .contains("recognise", "national@1.0.0", "ask", "UNKNOWN_ISSUER", "registry of 0 entries");
    }

    @Test
    void anImageIsReadAndItsCodeResolved(@TempDir Path folder) throws IOException {
        Path image = folder.resolve("code.png");
        QrImages.draw(NATIONAL.getBytes(StandardCharsets.US_ASCII), image);

        assertThat(decision(resolve("--image", image.toString(), "--json"))
                        .get("format")
                        .textValue())
                .isEqualTo("national");
    }

    @Test
    void bytesComeFromStandardInput() throws IOException {
        byte[] bytes = new byte[256];
        System.arraycopy("CTID".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 4);

        assertThat(decision(InProcess.runWithInput(bytes, arguments("-", "--json")))
                        .get("format")
                        .textValue())
                .isEqualTo("national");
        assertThat(InProcess.runWithInput((NATIONAL + "\r\n").getBytes(StandardCharsets.US_ASCII), arguments("-"))
                        .out())
                .contains("UNKNOWN_ISSUER");
    }

    @Test
    void aHubsUrlMayEndWithASlash() {
        assertThat(InProcess.run("resolve", "--text", "a", "--hub", hub.url() + "/")
                        .exitCode())
                .isZero();
    }

    @Test
    void whatTheHubRefusesIsToldWithTheHubsOwnWords() {
        InProcess run = InProcess.runWithInput(new byte[70_000], arguments("-"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("413", "64 KiB").hasLineCount(1);
    }

    @Test
    void whatIsNoHubIsToldInOneLine() {
        InProcess run = InProcess.run(
                "resolve", "--text", "a", "--hub", hub.managementUrl().toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("404").hasLineCount(1);
    }

    @Test
    void chineseIsPrintedInUtf8WhateverTheLocale(@TempDir Path folder) throws Exception {
        Map<String, String> locale = Map.of("LANG", "C", "LC_ALL", "C");
        try (HutongProcess process =
                HutongProcess.start(folder, locale, "dev.hutong.cli.Hutong", arguments("--text", "a"))) {
            assertThat(process.awaitExit()).isZero();
            assertThat(process.out()).contains("无法识别此码");
            assertThat(process.err()).isEmpty();
        }
    }
}
