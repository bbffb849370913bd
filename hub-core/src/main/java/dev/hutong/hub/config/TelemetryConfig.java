package dev.hutong.hub.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is told of the running hub: {@code telemetry} in {@code hub.yaml}.
 *
 * @param traces where traces go; none are made where absent
 * @param logs how the log is written
 * @param accessLog whether every request has a line in the log
 */
public record TelemetryConfig(Optional<TracesConfig> traces, LogFormat logs, boolean accessLog) {
    public static final TelemetryConfig DEFAULT = new TelemetryConfig(Optional.empty(), LogFormat.TEXT, false);

    /** How the log is written. */
    public enum LogFormat {
        /** A line for people. */
        TEXT,
        /** A JSON object in each line, for programs. */
        JSON
    }

    /**
     * @param endpoint an OpenTelemetry collector's, OTLP over HTTP, without {@code /v1/traces}
     * @param sampling which share of the requests is traced, above 0 and up to 1
     */
    public record TracesConfig(URI endpoint, double sampling) {}

    public TelemetryConfig withTraces(TracesConfig other) {
        return new TelemetryConfig(Optional.of(other), logs, accessLog);
    }

    public TelemetryConfig withAccessLog(boolean other) {
        return new TelemetryConfig(traces, logs, other);
    }

    static TelemetryConfig read(ConfigTree tree) {
        return new TelemetryConfig(traces(tree), logs(tree), tree.flag("telemetry.accessLog", DEFAULT.accessLog()));
    }

    private static Optional<TracesConfig> traces(ConfigTree tree) {
        Optional<URI> endpoint = tree.url("telemetry.traces.endpoint").filter(url -> isCollector(url, tree));
        double sampling = sampling(tree);
        return endpoint.map(url -> new TracesConfig(url, sampling));
    }

    private static boolean isCollector(URI url, ConfigTree tree) {
        boolean good = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
        if (!good) {
            tree.mistakes()
                    .add("telemetry.traces.endpoint: http or https, a host and a port are expected, such as"
                            + " http://127.0.0.1:4318");
        }
        return good;
    }

    private static double sampling(ConfigTree tree) {
        JsonNode node = tree.at("telemetry.traces.sampling");
        if (node.isMissingNode() || node.isNull()) {
            return 0.01;
        }
        if (!node.isNumber() || node.doubleValue() <= 0 || node.doubleValue() > 1) {
            tree.mistakes()
                    .add("telemetry.traces.sampling: a share above 0 and up to 1 is expected, such as 0.01, not "
                            + node);
            return 0.01;
        }
        return node.doubleValue();
    }

    private static LogFormat logs(ConfigTree tree) {
        String path = "telemetry.logs";
        Optional<String> word = tree.text(path);
        Optional<LogFormat> format = word.flatMap(text -> Arrays.stream(LogFormat.values())
                .filter(one -> word(one).equals(text))
                .findFirst());
        if (word.isPresent() && format.isEmpty()) {
            tree.mistakes()
                    .add(path + ": one of "
                            + Arrays.stream(LogFormat.values())
                                    .map(TelemetryConfig::word)
                                    .collect(Collectors.joining(", "))
                            + " is expected, not " + tree.at(path));
        }
        return format.orElse(DEFAULT.logs());
    }

    private static String word(LogFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
