package dev.hutong.conformance.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the demo's people must show between them. */
class DemoDataIT {
    private static VirtualProvinces provinces;
    private static Scenario scenario;

    @BeforeAll
    static void load() {
        provinces = VirtualProvinces.startDemo(InstantSource.system());
        scenario = Scenario.demo(provinces, InstantSource.system());
    }

    @AfterAll
    static void stop() {
        provinces.close();
    }

    @Test
    void everyFormatEveryRiskAndEveryQualifierOccurs() {
        assertThat(distinct(Person::format)).contains("yuekangma", "suikangma", "hangzhou", "national");
        assertThat(distinct(person -> person.expect().risk()))
                .containsExactlyInAnyOrder("LOW", "MEDIUM", "HIGH", "UNKNOWN");
        assertThat(scenario.people().stream()
                        .flatMap(
                                person -> Objects.requireNonNull(person.expect().qualifiers()).stream())
                        .distinct())
                .contains("SELF_DECLARED", "TEMPERATURE_ONLY", "CLOSE_CONTACT", "PRINTED", "DEPENDANT", "STALE");
    }

    @Test
    void theReasonsOfUnknownIncludeAllThatTheDemoPromises() {
        assertThat(scenario.people().stream()
                        .map(person -> person.expect().reason())
                        .filter(Objects::nonNull)
                        .distinct())
                .contains(
                        "EXPIRED_CODE",
                        "EXPIRED_DECLARATION",
                        "EXPIRED_STATEMENT",
                        "BAD_SIGNATURE",
                        "UNKNOWN_KEY",
                        "ISSUER_UNAVAILABLE",
                        "ISSUER_ERROR",
                        "NOT_CHECKED",
                        "UNMAPPED_STATUS",
                        "MALFORMED_CODE",
                        "UNKNOWN_FORMAT",
                        "NO_POLICY");
    }

    @Test
    void theFirstIsAGuangzhouCodeThatComesOutYellowInHangzhou() {
        Person first = scenario.people().getFirst();
        assertThat(first.from()).isEqualTo("440100.suikangma");
        assertThat(first.to()).isEqualTo("330100");
        assertThat(first.expect().risk()).isEqualTo("MEDIUM");
    }

    @Test
    void holdersAreNumberedAndNamesAreMasked() {
        assertThat(scenario.people())
                .extracting(Person::holder)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("holder-\\d\\d"));
        assertThat(scenario.people())
                .extracting(Person::name)
                .allMatch(name -> name.matches("\\p{IsHan}\\*\\p{IsHan}?"));
        assertThat(distinct(Person::to).size()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void oneCodeIsBinaryAndBeginsWithItsMark() {
        List<ScannedCode> binary = scenario.people().stream()
                .map(scenario::issue)
                .filter(ScannedCode::isBinary)
                .toList();
        assertThat(binary).hasSize(1);
        assertThat(binary.getFirst().bytes()).hasSizeBetween(64, 1024).startsWith(0x43, 0x54, 0x49, 0x44);
    }

    @Test
    void somebodysProvincesDisagree() {
        assertThat(scenario.people())
                .anyMatch(person -> person.expect().nativeStates() != null
                        && person.expect().nativeStates().stream().distinct().count() > 1);
    }

    @Test
    void everyCodeFitsASymbolAndIsFreshEachTime() {
        for (Person person : scenario.people()) {
            ScannedCode code = scenario.issue(person);
            assertThat(code.bytes().length).as(person.holder()).isBetween(1, 1_500);
            assertThat(scenario.issue(person)).as(person.holder()).isNotEqualTo(code);
        }
    }

    @Test
    void aRequestSaysWhatTheVerifierKnowsAndNothingElse() throws Exception {
        for (Person person : scenario.people()) {
            ScannedCode code = scenario.issue(person);
            var request = new ObjectMapper().readTree(scenario.request(person, code));
            assertThat(request.has("codeBytes")).isEqualTo(code.isBinary());
            assertThat(request.has("code")).isEqualTo(!code.isBinary());
            assertThat(request.path("destination").asText()).isEqualTo(person.to());
            assertThat(request.has("observed")).isEqualTo(person.holder().equals("holder-10"));
        }
    }

    /** Provinces are data: only the files in {@code demo/} and tests may name one. */
    @Test
    void noProvinceIsNamedInJava() throws IOException {
        List<String> names = Stream.concat(
                        provinces.all().stream().map(province -> province.format()),
                        Stream.of("guangdong", "guangzhou", "zhejiang", "330100", "440100", "440000", "粤康码", "穗康码"))
                .filter(name -> !name.equals("national"))
                .toList();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file).toLowerCase(Locale.ROOT);
                assertThat(names).as(file.toString()).noneMatch(source::contains);
            }
        }
    }

    private static List<String> distinct(Function<Person, String> property) {
        return scenario.people().stream().map(property).distinct().toList();
    }
}
