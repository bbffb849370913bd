package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong usage ends with 2 and says what is right; nothing is started and nothing is written. */
class UsageTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "--nonsense",
                "keys",
                "issuer",
                "keys generate",
                "keys generate --alg ES256",
                "keys generate --alg RS256 --out none/key.json",
                "keys generate --alg es256 --out none/key.json",
                "issuer add --id 440100.suikangma",
                "registry",
                "registry sync",
                "registry sync --to none --hub ftp://127.0.0.1/",
                "registry sync --to none --key a --pin b",
                "serve --port 65536",
                "serve --port -1",
                "serve --port http",
                "serve --management-port 65536",
                "serve --nonsense",
                "demo --port 65536",
                "resolve",
                "resolve --text a --image b.png",
                "resolve --text a -",
                "resolve --text a --hub ftp://127.0.0.1/",
                "resolve --text a --hub 127.0.0.1:8080",
                "translate",
                "translate --to hangzhou",
                "translate YKM2:",
                "translate --to yuekangma --vocabulary two YKM2:",
                "resolve file.png",
                "resolve --image none.png"
            })
    void wrongUsageEndsWith2(String line) {
        InProcess run = InProcess.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out() + run.err()).isNotBlank().doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "--help,COMMAND",
        "--version,hutong",
        "serve --help,--data",
        "resolve --help,Exit code",
        "issuer add --help,--platform"
    })
    void helpEndsWith0(String line, String shown) {
        InProcess run = InProcess.run(line.split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains(shown);
    }

    @Test
    void aHubThatCannotBeReachedEndsWith5() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        InProcess run = InProcess.run("resolve", "--text", "a", "--hub", "http://127.0.0.1:" + closed);

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err())
                .contains("cannot be reached", "./hutong serve", "--hub")
                .hasLineCount(1);
    }

    @Test
    void anImageWithoutACodeEndsWith2() throws IOException {
        Path text = Files.writeString(folder.resolve("code.png"), "no image");

        InProcess run = InProcess.run("resolve", "--image", text.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("code.png").hasLineCount(1);
    }

    @Test
    void aConfigurationWithMistakesIsRefusedWithAllOfThem() throws IOException {
        Path config = Files.writeString(folder.resolve("hub.yaml"), "dat: x\nhttp: { host: 0.0.0.0, port: 99999 }\n");

        InProcess run = InProcess.run("serve", "--config", config.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(config.toString(), "\n  dat: ", "\n  http.host: ", "\n  http.port: ")
                .hasLineCount(4);
    }

    @Test
    void aConfigurationThatIsNotThereIsNamed() {
        InProcess run =
                InProcess.run("serve", "--config", folder.resolve("none.yaml").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("none.yaml");
    }
}
