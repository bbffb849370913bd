package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.hutong.mapping.Regions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatVersionsTest {
    private static final Regions REGIONS = TestPackages.REGIONS;

    @TempDir
    Path folder;

    @Test
    void everySubfolderWithADocumentIsAPackage() throws IOException {
        TestPackages.write(folder, "two", TestPackages.with("format: example", "format: two"));
        TestPackages.write(folder, "one", TestPackages.with("format: example", "format: one"));
        Files.createDirectory(folder.resolve("empty"));
        Files.writeString(folder.resolve("README.md"), "no package");
        assertThat(FormatVersions.load(folder, REGIONS).packages())
                .extracting(FormatPackage::versioned)
                .containsExactly("one@1.0.0", "two@1.0.0");
    }

    @Test
    void packagesAreInTheOrderOfTheirIdsWhateverTheirFoldersAreCalled() {
        TestPackages.write(folder, "a", TestPackages.with("format: example", "format: two"));
        TestPackages.write(folder, "b", TestPackages.with("format: example", "format: one"));
        assertThat(FormatVersions.load(folder, REGIONS).packages())
                .extracting(FormatPackage::versioned)
                .containsExactly("one@1.0.0", "two@1.0.0");
    }

    @Test
    void aFolderWithoutPackagesHasNone() {
        assertThat(FormatVersions.load(folder, REGIONS).packages()).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsToldAtOnce() {
        Path nowhere = folder.resolve("nowhere");
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> FormatVersions.load(nowhere, REGIONS))
                .withMessage("the format packages in " + nowhere
                        + " cannot be read: name a folder that exists and may be read");
    }

    @Test
    void aFileIsNoFolder() {
        Path file = TestPackages.write(folder, "example", TestPackages.DOCUMENT);
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> FormatVersions.load(file, REGIONS))
                .withMessageStartingWith("the format packages in " + file + " cannot be read");
    }

    @Test
    void aPackageTellsWhatItIs() {
        TestPackages.write(folder, "example", TestPackages.DOCUMENT);
        FormatPackage format = TestPackages.load(folder);
        assertThat(format.issuer()).hasToString("330100.example");
        assertThat(format.id()).hasToString("example");
        assertThat(format.version()).isEqualTo("1.0.0");
        assertThat(format.title().english()).isEqualTo("example");
        assertThat(format.recognitions()).containsExactly(new Recognition.Text("EX:", null, ""));
        assertThat(format.envelope().statementToken().typ()).isEqualTo("ex+jwt");
    }

    @Test
    void anOperatorsPackagesJoinThoseThatTravelWithTheHub() {
        TestPackages.write(folder, "example", TestPackages.DOCUMENT);
        FormatVersions both = FormatVersions.bundled(REGIONS).and(FormatVersions.load(folder, REGIONS));
        assertThat(both.packages())
                .extracting(format -> format.id().value())
                .isSorted()
                .contains("example", "hangzhou", "national", "suikangma", "yuekangma")
                .hasSize(FormatVersions.bundled(REGIONS).packages().size() + 1);
    }

    @Test
    void oneVersionOfAFormatMayNotComeTwice() {
        TestPackages.write(folder, "one", TestPackages.DOCUMENT);
        TestPackages.write(folder, "two", TestPackages.DOCUMENT);
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> FormatVersions.load(folder, REGIONS))
                .withMessageContaining("«example@1.0.0» comes twice");
    }

    @Test
    void theVersionThatCameIntoForceLastJudges() {
        version("1.0.0", "");
        version("1.10.0", "validFrom: \"2026-01-02T00:00:00Z\"");
        version("1.9.0", "validFrom: \"2026-01-02T00:00:00Z\"");
        FormatVersions versions = FormatVersions.load(folder, REGIONS);
        assertThat(judging(versions, "2026-01-01T23:59:59.999Z")).isEqualTo("1.0.0");
        assertThat(judging(versions, "2026-01-02T00:00:00Z")).isEqualTo("1.10.0");
        assertThat(versions.nextChange(Instant.EPOCH)).contains(Instant.parse("2026-01-02T00:00:00Z"));
        assertThat(versions.nextChange(Instant.parse("2026-01-02T00:00:00Z"))).isEmpty();
        assertThat(versions.find("example@1.9.0")).isPresent();
        assertThat(versions.find("example@1.9.1")).isEmpty();
    }

    @Test
    void anEmergencyVersionEndsAndTheOneBeforeJudgesAgain() {
        version("1.0.0", "");
        version("1.0.1", "validFrom: \"2026-01-02T00:00:00Z\"\nvalidTo: \"2026-01-03T00:00:00Z\"");
        FormatVersions versions = FormatVersions.load(folder, REGIONS);
        assertThat(judging(versions, "2026-01-02T23:59:59.999Z")).isEqualTo("1.0.1");
        assertThat(judging(versions, "2026-01-03T00:00:00Z")).isEqualTo("1.0.0");
        assertThat(versions.nextChange(Instant.parse("2026-01-02T00:00:00Z")))
                .contains(Instant.parse("2026-01-03T00:00:00Z"));
    }

    @Test
    void aFormatOfWhichNoVersionIsInForceIsNotUnderstood() {
        version("1.0.0", "validFrom: \"2026-01-02T00:00:00Z\"");
        assertThat(FormatVersions.load(folder, REGIONS).inForce(Instant.EPOCH).packages())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validFrom: tomorrow",
                "validFrom: \"2026-01-02\"",
                "validFrom: \"2026-01-02T00:00:00Z\"\nvalidTo: \"2026-01-02T00:00:00Z\""
            })
    void aTimeThatIsNoneIsToldToItsAuthor(String head) {
        version("1.0.0", head);
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> FormatVersions.load(folder, REGIONS))
                .withMessageContaining("valid");
    }

    private void version(String version, String head) {
        TestPackages.write(folder, version, TestPackages.with("version: 1.0.0", "version: " + version + "\n" + head));
    }

    private static String judging(FormatVersions versions, String now) {
        return versions.inForce(Instant.parse(now)).packages().getFirst().version();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // members and their values
                "version: 1.0.0 | `version: 1.0.0\ncolour: red` | colour",
                "version: 1.0.0 | `version: 1.0.0\nversion: 1.0.1` | version",
                "version: 1.0.0 | `` | version",
                "version: 1.0.0 | version: | version",
                "version: 1.0.0 | version: \"1.0\" | version: three numbers",
                "version: 1.0.0 | version: 1.0.0-rc | «1.0.0-rc»",
                "id: red,  | id: Red, | statements.rules: a rule's id",
                "id: red,  | id: -red, | «-red»",
                "id: unmapped | id: \"un mapped\" | statements.otherwise: a rule's id",
                // lists and maps that hold nothing
                "- { id: noted, | `- \n    - { id: noted,` | rules",
                "[PROVISIONAL] | [~] | qualifiers",
                "cause: { type: text, optional: true } | cause: | claims",
                "\"+\": POSITIVE | \"+\": | table",
                "oneOf: [a, b] | oneOf: [a, ~] | oneOf",
                "format: example | format: Example | Example",
                "format: example | format: ../example | ../example",
                "region: \"330100\" | region: \"999999\" | «999999» is not in GB/T 2260",
                "region: \"330100\" | region: hangzhou | «hangzhou» is not in GB/T 2260",
                "{ zh-CN: 示例, en: example } | { zh-CN: 示例 } | en",
                "state: { type: text } | state: { type: colour } | colour",
                "state: { type: text } | state: { type: text, required: true } | required",
                "state: { type: text } | state: { type: object } | state: objects and lists need «members»",
                "state: R, risk: HIGH | state: R, risk: RED | RED",
                "[PROVISIONAL] | [PROVISORY] | PROVISORY",
                "reason: EXPIRED_STATEMENT | reason: OLD | OLD",
                "- text: { prefix: \"EX:\" } | - {} | exactly one of «text», «url», «bytes»",
                "- text: { prefix: \"EX:\" } | - bytes: { prefix: \"4\", shortest: 1, longest: 2 } | string length not even",
                "iss:   { type: text } | iss:   { type: text, optional: true } | «iss» of type text must be among them",
                "iat:   { type: seconds } | iat:   { type: text } | «iat» of type seconds must be among them",
                "exp:   { type: seconds } | `` | «exp» of type seconds must be among them",
                // claims nobody has declared
                "assertedAt: since | assertedAt: sinse | «sinse» is not a claim of this format",
                "claim: cause | claim: ground | «ground» is not a claim of this format",
                "{ value: pcr, table | { value: test, table | «test» is not a claim of this format",
                "temperature: { value: fever } | temperature: { value: fever, at: taken } | «taken» is not a claim of this format",
                "by: [note.at, note.heat] | by: [note.day] | «note.day» is not a claim of this format",
                "list: notes, by | list: note, by | «note» is not a list of this format",
                "assertedAt: since | `assertedAt: since\n  assertedBy: source` | «source» is not a claim of this format",
                "`  state: state` | `  each: { list: reports, ifNone: NOT_CHECKED }\n  state: state` | «reports» is not a list of this format",
                "when: note.text == \"yellow\" | when: note.words == \"yellow\" | statements.rules.noted",
                "when: now >= since | when: now >= begun | statements.qualify.STALE",
                "until: since + 24 * hours | until: since + 24 * hour | statements.validity",
                "unless: state == \"R\", reason | unless: colour == \"R\", reason | statements.validity",
                "when: since > until | when: since > now | open.signed-text.malformed",
                "by: [note.at, note.heat] | by: [] | statements.newest.note: «by» names no claim",
                // what would switch a safeguard off without a word
                "temperature: { value: fever } | temprature: { value: fever } | temprature",
                "\"+\": POSITIVE | \"+\": POSTIVE | pcr",
                "{ value: pcr, table: { \"+\": POSITIVE, \"-\": NEGATIVE } } | { value: pcr } | pcr",
                "temperature: { value: fever } | temperature: { value: fever, table: { \"38\": HIGH } } | temperature"
            })
    void whatCannotBeUsedIsRefusedAndTheFileIsNamed(String own, String instead, String named) {
        Path file = TestPackages.write(folder, "example", TestPackages.with(own, instead));
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> FormatVersions.load(folder, REGIONS))
                .withMessageStartingWith(file + ": ")
                .extracting(refused -> withoutFile(refused, file), as(STRING))
                .contains(named);
    }

    @Test
    void aStatementHasAnEnd() {
        assertRefused(
                TestPackages.DOCUMENT.replaceAll("(?s)validity:.*", "validity: []\n"),
                "statements.validity: names no end");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "reason: EXPIRED_STATEMENT } | reason: EXPIRED_STATEMENT, unless: \"report.date == 0\" } | statements.validity: one end must be without «unless»",
                "next: bizExtData | `` | open.platform[0]: every step but the last has «next»",
                "requires: [] | `requires: []\n      next: requestId` | open.platform[1]: every step but the last has «next»",
                "claim: code | claim: bizExtData | open.platform[0].codes: «bizExtData» must be a claim of type integer",
                "`      requestForBytes: { qrCodeBytes: \"{input}\", requestId: \"{requestId}\" }\n` | `` | open.platform[0]: «requestForBytes» is missing",
                "qrCodeBytes: \"{input}\" | qrCodeBytes: | requestForBytes"
            })
    void whatAPlatformCannotBeAskedByIsRefused(String own, String instead, String named) {
        String national = TestPackages.national();
        assertThat(national).containsOnlyOnce(own);
        assertRefused(national.replace(own, instead), named);
    }

    private void assertRefused(String document, String named) {
        Path file = TestPackages.write(folder, "example", document);
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> FormatVersions.load(folder, REGIONS))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(named);
    }

    @Test
    void theLineOfAMistakeIsTold() {
        TestPackages.write(folder, "example", TestPackages.with("version: 1.0.0", "version: 1.0.0\nversion: 1.0.0"));
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> FormatVersions.load(folder, REGIONS))
                .withMessageContaining("(line 3)");
    }

    @Test
    void aCodeIsOpenedInExactlyOneWay() {
        String platform = "open:\n  platform: []\n";
        for (String document : new String[] {
            TestPackages.with("open:\n", platform),
            TestPackages.DOCUMENT.replaceAll("(?s)open:.*statements:\n  newest", platform + "statements:\n  newest"),
            TestPackages.DOCUMENT.replaceAll("(?s)open:.*statements:\n  newest", "open: {}\nstatements:\n  newest")
        }) {
            TestPackages.write(folder, "example", document);
            assertThatExceptionOfType(InvalidPackageException.class)
                    .isThrownBy(() -> FormatVersions.load(folder, REGIONS))
                    .withMessageContaining("open: exactly one of");
        }
    }

    /** The folder's own name is random and might hold what is looked for. */
    private static String withoutFile(InvalidPackageException refused, Path file) {
        return Objects.requireNonNull(refused.getMessage()).replace(file.toString(), "");
    }
}
