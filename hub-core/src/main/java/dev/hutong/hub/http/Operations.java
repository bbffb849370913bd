package dev.hutong.hub.http;

/** A group of operations of {@code openapi.yaml} that belong together. */
public interface Operations {
    /** Lays out its paths, for one event loop. */
    void mount(Routes routes);
}
