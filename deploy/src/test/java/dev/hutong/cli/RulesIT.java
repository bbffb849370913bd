package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hutong rules}: a format package from its beginning to an admitted one. */
class RulesIT {
    private static final Path BUNDLED = Path.of("..", "mapping-rules", "formats");

    @TempDir
    private Path folder;

    @Test
    void aPackageIsBegunAndCheckedByTheRealCommand() throws Exception {
        try (HutongProcess begun =
                HutongProcess.start(folder, "rules", "new", "example", "--region", "420000", "--kind", "signed-text")) {
            assertThat(begun.awaitExit()).as(begun.err()).isEqualTo(ExitCodes.OK);
        }
        try (HutongProcess checked = HutongProcess.start(folder, "rules", "check", "example")) {
            assertThat(checked.awaitExit()).as(checked.out() + checked.err()).isEqualTo(ExitCodes.OK);
            assertThat(checked.out()).endsWith("example@1.0.0 is admitted.\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"signed-text", "platform"})
    void aNewPackageComesTrue(String kind) {
        Path begun = begin("example", kind);
        InProcess tested = InProcess.run("rules", "test", begun.toString());
        assertThat(tested.exitCode()).as(tested.out()).isEqualTo(ExitCodes.OK);
        assertThat(tested.out()).contains("all come true.");
        assertThat(InProcess.run("rules", "check", begun.toString()).exitCode()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void aPackageIsNeverWrittenOverAnother() {
        begin("example", "platform");
        InProcess again = InProcess.run(
                "rules", "new", "example", "--region", "420000", "--kind", "platform", "--to", folder.toString());
        assertThat(again.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(again.err()).contains("exists");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new Example --region 420000 --kind platform",
                "new example --region 999999 --kind platform",
                "new example --region 420000 --kind letter"
            })
    void whatCannotBeAPackageIsAMistakeOfTheCommandLine(String arguments) {
        String[] command = Stream.concat(Stream.of("rules"), Stream.of(arguments.split(" ")))
                .toArray(String[]::new);
        assertThat(InProcess.run(command).exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void whatIsWrongIsToldWithFileAndLine() throws IOException {
        Path begun = begin("example", "signed-text");
        change(begun, "format.yaml", "asof > iat", "asof > colour");
        InProcess checked = InProcess.run("rules", "check", begun.toString());
        assertThat(checked.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(checked.out())
                .containsPattern("format\\.yaml:\\d+: error \\(types\\): .*")
                .contains("is not admitted: 1 to mend.");
        JsonNode report = new ObjectMapper()
                .readTree(InProcess.run("rules", "check", "--json", begun.toString())
                        .out());
        assertThat(report.at("/admitted").asBoolean()).isFalse();
        assertThat(report.at("/findings/0/check").asText()).isEqualTo("types");
        assertThat(report.at("/findings/0/line").asInt()).isPositive();
    }

    @Test
    void anExampleThatDoesNotComeTrueShowsBothAnswers() throws IOException {
        Path begun = begin("example", "signed-text");
        change(begun, "examples.yaml", "native: red, risk: HIGH", "native: red, risk: LOW");
        change(begun, "examples.yaml", "code: XEXAMPLE:abc", "code: EXAMPLE:abc");
        InProcess tested = InProcess.run("rules", "test", begun.toString());
        assertThat(tested.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(tested.out())
                .contains(
                        "red is HIGH",
                        "another prefix",
                        "expected  not-claimed",
                        "actual    malformed",
                        "2 do not come true.");
        assertThat(InProcess.run("rules", "check", begun.toString()).exitCode()).isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void aStatementIsExplainedFromItsClaims() throws IOException {
        Path begun = begin("example", "signed-text");
        Path claims = Files.writeString(
                folder.resolve("claims.json"),
                "{\"iss\":\"420000.example\",\"iat\":1767600000,\"exp\":1767600600,\"asof\":1767596400,\"colour\":\"red\"}");
        InProcess explained = InProcess.run(
                "rules", "explain", begun.toString(), "--claims", claims.toString(), "--now", "2026-01-05T08:00:00Z");
        assertThat(explained.exitCode()).as(explained.err()).isEqualTo(ExitCodes.OK);
        assertThat(explained.out())
                .contains(
                        "HIGH  by example@1.0.0#red",
                        "红码",
                        "red code",
                        "another state",
                        "decides",
                        "2026-01-06T07:00:00Z",
                        "2026-01-05T08:11:00Z",
                        "Call the health authority");
    }

    @Test
    void anExampleIsExplainedByItsName() {
        InProcess explained = InProcess.run(
                "rules",
                "explain",
                begin("example", "platform").toString(),
                "--example",
                "a day has passed exactly now");
        assertThat(explained.out())
                .contains("UNKNOWN  EXPIRED_STATEMENT  by example@1.0.0#green", "2026-01-06T07:00:00Z");
        InProcess refused = InProcess.run(
                "rules", "explain", folder.resolve("example").toString(), "--example", "a colour that is no text");
        assertThat(refused.out()).contains("refused  MALFORMED_CODE: colour is not of type text");
    }

    @Test
    void anExampleThatIsNotThereIsToldSo() {
        InProcess explained = InProcess.run(
                "rules", "explain", BUNDLED.resolve("national").toString(), "--example", "no such example");
        assertThat(explained.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(explained.err()).contains("there is no map example «no such example»");
    }

    @Test
    void theExamplesThatChangeBetweenTwoVersionsAreShown() throws IOException {
        Path one = begin("example", "signed-text");
        Path next = Files.createDirectory(folder.resolve("next"));
        for (String file : new String[] {"format.yaml", "examples.yaml"}) {
            Files.copy(one.resolve(file), next.resolve(file));
        }
        change(next, "format.yaml", "version: 1.0.0", "version: 1.0.1");
        InProcess same = InProcess.run("rules", "diff", one.toString(), next.toString());
        assertThat(same.out()).isEqualTo("No example changes its answer.\n");
        change(next, "format.yaml", "risk: MEDIUM", "risk: HIGH");
        InProcess other = InProcess.run("rules", "diff", one.toString(), next.toString());
        assertThat(other.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(other.out())
                .startsWith("yellow is MEDIUM\n")
                .contains("example@1.0.0", "example@1.0.1", "1 change their answer.");
    }

    @Test
    void aVersionThatIsNotHigherIsRefusedAgainstTheOneThatIsThere() {
        Path begun = begin("example", "signed-text");
        InProcess checked = InProcess.run("rules", "check", begun.toString(), "--against", begun.toString());
        assertThat(checked.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(checked.out()).contains("error (version): version 1.0.0 is not higher than 1.0.0, which is there");
    }

    private Path begin(String id, String kind) {
        InProcess begun =
                InProcess.run("rules", "new", id, "--region", "420000", "--kind", kind, "--to", folder.toString());
        assertThat(begun.exitCode()).as(begun.err()).isEqualTo(ExitCodes.OK);
        return folder.resolve(id);
    }

    private static void change(Path begun, String file, String own, String other) throws IOException {
        String text = Files.readString(begun.resolve(file));
        assertThat(text).containsOnlyOnce(own);
        Files.writeString(begun.resolve(file), text.replace(own, other));
    }
}
