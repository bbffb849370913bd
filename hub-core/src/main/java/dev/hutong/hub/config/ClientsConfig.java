package dev.hutong.hub.config;

/**
 * Who may ask: {@code clients} in {@code hub.yaml}.
 *
 * @param required whether whoever asks for a decision must be registered
 */
public record ClientsConfig(boolean required) {
    static final ClientsConfig DEFAULT = new ClientsConfig(false);

    static ClientsConfig read(ConfigTree tree) {
        return new ClientsConfig(tree.flag("clients.required", DEFAULT.required()));
    }
}
