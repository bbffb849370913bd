package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hutong demo} as a process of its own. */
class DemoIT {
    private static final Pattern EXPLAIN =
            Pattern.compile("  \\./hutong (resolve --image \\S+ --destination 330100 --explain .*)");
    private static final Pattern CURL =
            Pattern.compile("  curl .*\\$\\(\\./hutong (token [^)]+)\\).*--data '@([^']+)' (\\S+)/v1/resolve");

    @TempDir
    private Path folder;

    @Test
    void onceEndsWith0AndLeavesImagesThatAnotherDecoderReads() throws Exception {
        try (HutongProcess process =
                HutongProcess.start(folder, Map.of("LC_ALL", "C"), "dev.hutong.cli.Hutong", "demo", "--once")) {
            assertThat(process.awaitExit()).as(() -> process.out()).isZero();
            assertThat(process.out())
                    .contains("every row as it should be", "杭州", "SELF_DECLARED", "BAD_SIGNATURE")
                    .doesNotContain("✗");
            assertThat(process.err()).isEmpty();
        }
        assertThat(temporary()).as("nothing temporary is left").isEmpty();
        List<Path> images = images();
        assertThat(images).hasSizeGreaterThanOrEqualTo(12);

        assumeTrue(isInstalled("zbarimg"), "zbarimg is not installed");
        Process zbarimg = new ProcessBuilder(Stream.concat(
                                Stream.of("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable"),
                                images.stream().map(Path::toString))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String decoded = new String(zbarimg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(decoded.lines()).anyMatch(line -> line.startsWith("YKM2:ey"));
        assertThat(decoded.lines()).anyMatch(line -> line.startsWith("SKM:ey"));
        assertThat(decoded.lines())
                .anyMatch(line -> line.matches("https://h5\\.dingtalk\\.com/.*qrCode=V0ding\\p{XDigit}{32}&.*"));
        assertThat(decoded.lines()).anyMatch(line -> line.matches("jkm2020\\p{XDigit}{32}"));
    }

    @Test
    void itStaysUpForTheCommandsItPrintsAndEndsWith0WhenItIsTerminated() throws Exception {
        try (HutongProcess process = HutongProcess.start(folder, "demo", "--images", "codes");
                HttpClient client = HttpClient.newHttpClient()) {
            String explain = process.awaitLine(EXPLAIN).group(1);
            InProcess explained =
                    InProcess.run(explain.replace("codes/", folder + "/codes/").split(" "));
            assertThat(explained.exitCode()).as(explained.err()).isZero();
            assertThat(explained.out()).startsWith("MEDIUM").contains("suikangma@1.0.0#yellow", "authenticate passed");
            Matcher curl = process.awaitLine(CURL);
            InProcess token = InProcess.run(curl.group(1).split(" "));
            assertThat(token.exitCode()).as(token.err()).isZero();
            byte[] body = Files.readAllBytes(Path.of(curl.group(2)));
            HttpRequest request = HttpRequest.newBuilder(URI.create(curl.group(3) + "/v1/resolve"))
                    .header("Authorization", "Bearer " + token.out().strip())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            ContractWatch watch = ContractWatch.ofVerifiers();
            watch.saw("POST", request.uri(), body, answer);
            watch.assertKept();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .contains("\"PRINTED\"")
                    .doesNotContain("\"risk\":\"UNKNOWN\"");

            process.terminate();
            assertThat(process.awaitExit()).isZero();
            assertThat(process.err()).doesNotContain("Exception", "did not close cleanly");
        }
        assertThat(temporary()).as("nothing temporary is left").isEmpty();
        assertThat(folder.resolve("codes")).isDirectory();
    }

    /** A command that ends by itself keeps its own exit code, and what it held is closed once. */
    @Test
    void aCommandThatEndsByItselfEndsWithItsOwnExitCode() throws Exception {
        try (HutongProcess process = HutongProcess.start(folder, Map.of(), EndsWith3.class.getName())) {
            assertThat(process.awaitExit()).isEqualTo(3);
            assertThat(process.out()).isEqualTo("closed\n");
        }
    }

    static final class EndsWith3 {
        private EndsWith3() {}

        public static void main(String[] arguments) throws Exception {
            AutoCloseable held = () -> System.out.println("closed");
            UntilInterrupted running = UntilInterrupted.closing(held);
            running.close();
            held.close();
            System.exit(3);
        }
    }

    private List<Path> images() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("demo"))) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> temporary() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("hutong-"))
                    .toList();
        }
    }

    private static boolean isInstalled(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command, "--version").start().waitFor() == 0;
        } catch (IOException notFound) {
            return false;
        }
    }
}
