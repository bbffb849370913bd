package dev.hutong.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard and the alert rules use metrics and labels that {@code docs/metrics.md} has, which is held against a running hub. */
class ObservabilityFilesTest {
    private static final Path FILES = Path.of("observability");
    private static final Pattern METRIC =
            Pattern.compile("\\b((?:hutong|jvm|process|system)_[a-z0-9_]+)(?:\\{([^}]*)})?");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)");

    /** What Prometheus adds itself. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job", "le");

    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9_]+)` \\| (\\w+) \\| ([^|]*) \\| .*");

    private record Documented(String name, String type, Set<String> labels) {}

    @Test
    void theDashboardShowsMetricsThatThereAre() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(FILES.resolve("grafana-dashboard.json")));
        List<String> expressions = dashboard.findValuesAsText("expr");

        assertThat(expressions).hasSizeGreaterThan(15);
        assertThat(expressions).allSatisfy(ObservabilityFilesTest::assertKnown);
    }

    @Test
    void theAlertsWatchMetricsThatThereAre() throws IOException {
        JsonNode rules = new YAMLMapper().readTree(Files.readString(FILES.resolve("alerts.yaml")));
        List<JsonNode> alerts = new ArrayList<>();
        rules.at("/groups/0/rules").forEach(alerts::add);

        assertThat(alerts).hasSizeGreaterThan(8).allSatisfy(alert -> {
            assertKnown(alert.path("expr").asText());
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
            assertThat(alert.at("/labels/severity").asText()).isIn("page", "ticket");
        });
    }

    @Test
    void aMetricThatIsNotThereIsFound() {
        assertThat(strangersIn("rate(hutong_htttp_requests_total[5m])")).containsExactly("hutong_htttp_requests_total");
        assertThat(strangersIn("hutong_check_up{chek=\"x\"}")).containsExactly("hutong_check_up{chek}");
        assertThat(strangersIn("hutong_http_requests_total_bucket")).isNotEmpty();
    }

    private static void assertKnown(String expression) {
        assertThat(METRIC.matcher(expression).results()).as(expression).isNotEmpty();
        assertThat(strangersIn(expression)).as(expression).isEmpty();
    }

    private static List<String> strangersIn(String expression) {
        List<String> strangers = new ArrayList<>();
        METRIC.matcher(expression).results().forEach(use -> addStrangers(use, strangers));
        return strangers;
    }

    private static void addStrangers(MatchResult use, List<String> strangers) {
        Documented metric = documented().stream()
                .filter(one -> seriesOf(one).contains(use.group(1)))
                .findFirst()
                .orElse(null);
        if (metric == null) {
            strangers.add(use.group(1));
        } else if (use.group(2) != null) {
            LABEL.matcher(use.group(2))
                    .results()
                    .map(label -> label.group(1))
                    .filter(label -> !metric.labels().contains(label) && !OF_PROMETHEUS.contains(label))
                    .forEach(label -> strangers.add(use.group(1) + "{" + label + "}"));
        }
    }

    private static Set<String> seriesOf(Documented metric) {
        String name = metric.name();
        return switch (metric.type()) {
            case "histogram" -> Set.of(name + "_bucket", name + "_sum", name + "_count");
            case "summary" -> Set.of(name + "_sum", name + "_count");
            default -> Set.of(name);
        };
    }

    private static List<Documented> documented() {
        try {
            return Files.readAllLines(Path.of("..", "docs", "metrics.md")).stream()
                    .map(ROW::matcher)
                    .filter(row -> row.matches())
                    .map(row -> new Documented(
                            row.group(1),
                            row.group(2),
                            new TreeSet<>(List.of(row.group(3).split(", ")))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
