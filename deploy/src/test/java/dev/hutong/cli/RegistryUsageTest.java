package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the registry's commands make of a wrong command line: 2, and what is right; nothing is asked and nothing written. */
class RegistryUsageTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry",
                "registry nonsense",
                "registry propose",
                "registry propose nonsense",
                "registry propose register-issuer --id 440100.citycode",
                "registry propose suspend-issuer --id 440100 --reason r --key k",
                "registry propose suspend-issuer --id 440100.citycode --reason r",
                "registry propose suspend-issuer --id 440100.citycode --key k",
                "registry propose suspend-key --id 440100.citycode --kid k --reason r --key k",
                "registry propose delegate --issuer 440100.citycode --reason r --key k",
                "registry propose delegate --issuer 440100.citycode --regions 44x --format f --reason r --key k",
                "registry propose delegate --issuer 440100.citycode --regions 44 --format f --depth 4 --reason r --key k",
                "registry propose delegate --issuer 440100.citycode --regions 44 --format f --alg RS256 --reason r --key k",
                "registry propose delegate --issuer 440100.citycode --regions 44 --format f --until x --reason r --key k",
                "registry propose federate --issuer 440100.citycode --reason r --key k",
                "registry propose federate --issuer 440100.citycode --entity-configuration f --end --reason r --key k",
                "registry propose remove-operator --kid x --reason r --key k",
                "registry revoke --issuer 440100.citycode --kid x --cause ceased --reason r --key k",
                "registry revoke --issuer 440100.citycode --kid AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA --cause lost --reason r"
                        + " --key k",
                "registry revoke --issuer 440100.citycode --kid AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA --cause ceased"
                        + " --cut-off today --reason r --key k",
                "registry approve",
                "registry approve ../issuers",
                "registry status nonsense",
                "registry status --hub ftp://127.0.0.1/",
                "registry sign",
                "registry submit",
                "registry genesis",
                "registry genesis --origin x",
                "registry genesis --origin x --operator Anna=a.json",
                "registry genesis --origin x --operator Anna --operator Bo=b.json",
                "registry genesis --origin x --operator A=a --operator B=b --visible-for 2d",
                "registry genesis --origin x --operator A=a --operator B=b --open-for PT0S",
                "registry genesis --origin x --from genesis.json",
                "registry genesis --data data --config hub.yaml --from genesis.json"
            })
    void wrongUsageEndsWith2(String line) {
        InProcess run = InProcess.run(line.split(" "));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out() + run.err()).isNotBlank().doesNotContain("Exception", "\tat ");
        assertThat(Path.of("data")).doesNotExist();
    }

    @Test
    void aHubThatCannotBeReachedEndsWith5() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        InProcess run = InProcess.run("registry", "status", "--hub", "http://127.0.0.1:" + closed);

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("cannot be reached").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Anna=none.json", "Anna=same.json", "Anna\u0007=other.json"})
    void operatorsThatCannotBeAreRefusedAndNoRegistryIsFounded(String first) {
        InProcess.run(
                "keys",
                "generate",
                "--alg",
                "ES256",
                "--out",
                folder.resolve("same.json").toString());
        InProcess.run(
                "keys",
                "generate",
                "--alg",
                "SM2",
                "--out",
                folder.resolve("other.json").toString());
        String data = folder.resolve("data").toString();

        InProcess run = InProcess.run(
                "registry",
                "genesis",
                "--data",
                data,
                "--origin",
                "registry.example",
                "--operator",
                first.replace("=", "=" + folder + "/"),
                "--operator",
                "Bo=" + folder.resolve("same.json"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("hutong: ").doesNotContain("..").hasLineCount(1);
        assertThat(Path.of(data)).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            registry genesis --origin x --operator A=a --operator B=b --open-for PT0S | --open-for: «PT0S» must be more than zero
            registry genesis --origin x --operator A=a --operator B=b --confirm-within P367D | --confirm-within: «P367D» must be
            registry propose suspend-issuer --id bad --reason r --key k               | --issuer (or --id): «bad»
            registry sync --to nowhere --pin x                                         | --pin: «x» is no key's thumbprint
            """)
    void wrongUsageNamesTheOption(String line, String said) {
        InProcess run = InProcess.run(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(said);
    }

    @Test
    void aHubsKeyThatIsNotThereIsWhatIsBlamed() {
        InProcess run = InProcess.run(
                "registry",
                "sync",
                "--to",
                folder.resolve("to").toString(),
                "--key",
                folder.resolve("no").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--key: " + folder.resolve("no")).doesNotContain("--to");
    }

    @Test
    void aPlaceWhereNothingCanBeKeptIsToldBeforeTheLogIsFetched() {
        InProcess run = InProcess.run(
                "log",
                "verify",
                "--hub",
                "http://127.0.0.1:1",
                "--since",
                folder.resolve("none/seen").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--since: there is no folder");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aNameThatHidesSomethingIsShownWithEscapes() {
        assertThat(Shown.line("a\u202Eb\u0007c\u200Bd 粤康码")).isEqualTo("a\\u{202e}b\\u{7}c\\u{200b}d 粤康码");
    }
}
