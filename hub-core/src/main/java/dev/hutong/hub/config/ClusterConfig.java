package dev.hutong.hub.config;

/** Which hubs stand beside this one: {@code cluster} in {@code hub.yaml}. */
public record ClusterConfig() {
    static final ClusterConfig DEFAULT = new ClusterConfig();

    static ClusterConfig read(ConfigTree tree) {
        return DEFAULT;
    }
}
