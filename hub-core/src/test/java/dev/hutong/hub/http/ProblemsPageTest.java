package dev.hutong.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@code docs/problems.md} is made from {@link ProblemType}. */
class ProblemsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "problems.md");

    @Test
    void thePageListsExactlyTheProblemsOfTheHub() throws IOException {
        if (Boolean.getBoolean("hutong.regenerate")) {
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE)
                .as("made anew by: mvn test -pl hub-core -am -Dtest=ProblemsPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dhutong.regenerate=true")
                .content()
                .isEqualTo(page());
    }

    @Test
    void everyTypeIsAUriOfItsOwn() {
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::uri))
                .doesNotHaveDuplicates()
                .allMatch(uri -> uri.matches("urn:hutong:problem:[a-z]+(-[a-z]+)*"));
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Problems

                What the hub answers to a request that is none: `application/problem+json` (RFC 9457). A code that cannot be resolved is no problem but a
                decision, UNKNOWN with its reason. This page is made from `ProblemType` by a test.

                | type | status | what went wrong | what to do |
                |---|---|---|---|
                """);
        for (ProblemType type : ProblemType.values()) {
            page.append("| `%s` | %d | %s | %s |%n"
                    .formatted(type.uri(), type.status(), type.title(), type.remedy())
                    .replace("\r", ""));
        }
        return page.toString();
    }
}
