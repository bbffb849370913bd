package dev.hutong.hub.config;

/** What is told of the running hub: {@code telemetry} in {@code hub.yaml}. */
public record TelemetryConfig() {
    static final TelemetryConfig DEFAULT = new TelemetryConfig();

    static TelemetryConfig read(ConfigTree tree) {
        return DEFAULT;
    }
}
