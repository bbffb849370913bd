package dev.hutong.hub.config;

/** What is done when more is asked than can be answered: {@code load} in {@code hub.yaml}. */
public record LoadConfig() {
    static final LoadConfig DEFAULT = new LoadConfig();

    static LoadConfig read(ConfigTree tree) {
        return DEFAULT;
    }
}
