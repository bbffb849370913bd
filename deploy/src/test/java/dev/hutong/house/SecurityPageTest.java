package dev.hutong.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@code docs/security.md} says is tested is tested, by the test that it names. */
class SecurityPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))(?:#([A-Za-z0-9]+))?`");
    private static final Pattern ATTACK = Pattern.compile("\\| ([^|]+) \\| (`[A-Za-z]*AttacksIT#[A-Za-z0-9]+`.*) \\|");

    private final Map<String, String> classToSource = sources();
    private final String page = read(ROOT.resolve("docs/security.md"));

    @TestFactory
    Stream<DynamicTest> everyTestThatIsNamedExists() {
        return TEST.matcher(page)
                .results()
                .map(named -> DynamicTest.dynamicTest(named.group(), () -> {
                    assertThat(classToSource).containsKey(named.group(1));
                    if (named.group(2) != null) {
                        assertThat(classToSource.get(named.group(1))).contains(" " + named.group(2) + "(");
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyAttackThatIsNamedIsThatTests() {
        List<String> rows = page.lines().toList();
        return rows.stream()
                .map(ATTACK::matcher)
                .filter(row -> row.matches() && row.group(1).split(",").length == 1)
                .map(row -> DynamicTest.dynamicTest(row.group(1), () -> {
                    String source = classToSource.get(TEST.matcher(row.group(2))
                            .results()
                            .findFirst()
                            .orElseThrow()
                            .group(1));
                    assertThat(comparable(source)).contains(comparable(row.group(1)));
                }));
    }

    @Test
    void thePageNamesTests() {
        assertThat(TEST.matcher(page).results().count()).isGreaterThan(80);
    }

    /** A test's name stands for what it does: {@code gbkBesideUtf8}. */
    private static String comparable(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static Map<String, String> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file ->
                            file.toString().endsWith(".java") && file.toString().contains("src/test"))
                    .filter(file -> file.getFileName().toString().matches(".*(Test|IT)\\.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            SecurityPageTest::read,
                            (one, other) -> one + other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
