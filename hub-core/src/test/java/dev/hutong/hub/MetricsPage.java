package dev.hutong.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/metrics.md}, held against what a hub's {@code /metrics} shows. */
final class MetricsPage {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
    private static final Set<String> OF_THE_FORMAT = Set.of("le", "quantile");

    /** These show themselves only where there is something to show: they are documented here, and nobody can ask for them to be there. */
    private static final List<Metric> AT_TIMES = List.of(
            new Metric(
                    "hutong_rules_shadow_total",
                    "counter",
                    new TreeSet<>(Set.of("format", "outcome")),
                    "Decisions judged once more by the version that comes next"),
            new Metric(
                    "jvm_gc_pause_seconds",
                    "summary",
                    new TreeSet<>(Set.of("action", "cause", "gc")),
                    "Time spent in GC pause"),
            new Metric(
                    "jvm_gc_pause_seconds_max",
                    "gauge",
                    new TreeSet<>(Set.of("action", "cause", "gc")),
                    "Time spent in GC pause"),
            new Metric(
                    "jvm_gc_concurrent_phase_time_seconds",
                    "summary",
                    new TreeSet<>(Set.of("action", "cause", "gc")),
                    "Time spent in concurrent phase"),
            new Metric(
                    "jvm_gc_concurrent_phase_time_seconds_max",
                    "gauge",
                    new TreeSet<>(Set.of("action", "cause", "gc")),
                    "Time spent in concurrent phase"));

    private final Map<String, Metric> shown;

    private MetricsPage(Map<String, Metric> shown) {
        this.shown = shown;
    }

    private record Metric(String name, String type, TreeSet<String> labels, String help) {
        String row() {
            return "| `%s` | %s | %s | %s |".formatted(name, type, String.join(", ", labels), help);
        }
    }

    /** @param exposition in Prometheus' text format */
    static MetricsPage of(String exposition) {
        Map<String, Metric> shown = new TreeMap<>();
        String help = "";
        Metric current = null;
        for (String line : exposition.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                help = words[3];
            } else if (line.startsWith("# TYPE ")) {
                current = new Metric(words[2], words[3], new TreeSet<>(), help);
                shown.put(current.name(), current);
            } else if (current != null && line.contains("{")) {
                Matcher labels = LABEL.matcher(line);
                while (labels.find()) {
                    if (!OF_THE_FORMAT.contains(labels.group(1))) {
                        current.labels().add(labels.group(1));
                    }
                }
            }
        }
        return new MetricsPage(shown);
    }

    /** Rows that the page lacks. */
    List<String> undocumented() throws IOException {
        List<String> rows =
                new ArrayList<>(all().values().stream().map(Metric::row).toList());
        rows.removeAll(Files.readAllLines(PAGE));
        return rows;
    }

    /** Rows that the page has of metrics that no hub shows any more. */
    List<String> goneFromTheHub() throws IOException {
        Set<String> rows =
                new TreeSet<>(all().values().stream().map(Metric::row).toList());
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .filter(line -> !rows.contains(line))
                .toList();
    }

    private Map<String, Metric> all() {
        Map<String, Metric> all = new TreeMap<>(shown);
        AT_TIMES.forEach(metric -> all.put(metric.name(), metric));
        return all;
    }

    void write() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Metrics

                What a hub shows at `/metrics` on its management port, in Prometheus' text format 0.0.4. This page is made and checked by a test (`MetricsIT`); a
                metric that is not here fails it. Times are seconds; histograms have a bucket for each `le` as well.

                Labels are bounded. `operation` is a method and a path of `openapi.yaml`, `none` for anything else. `issuer` is one whose signature was verified by a key
                of the registry, and `format` one whose rules claimed the code; `none` where nobody's was, `several` for several codes of one person, and issuers after the
                first 4,000 series are `other`. `reason` is one of `Reason`, or `none`. Nothing that a client sends becomes a label. Codes that the hub warms up with are
                not counted, and neither is what operators ask.

                `deploy/observability/` has a Grafana dashboard and alert rules made of these.

                ## The hub's own

                | metric | type | labels | what |
                |---|---|---|---|
                """);
        all().values().stream()
                .filter(metric -> metric.name().startsWith("hutong_"))
                .forEach(metric -> page.append(metric.row()).append('\n'));
        page.append("""

                ## Of what it runs on

                Named and worded by Micrometer; `jvm_gc_*` of pauses and phases show themselves once there was one.

                | metric | type | labels | what |
                |---|---|---|---|
                """);
        all().values().stream()
                .filter(metric -> !metric.name().startsWith("hutong_"))
                .forEach(metric -> page.append(metric.row()).append('\n'));
        Files.writeString(PAGE, page);
    }
}
