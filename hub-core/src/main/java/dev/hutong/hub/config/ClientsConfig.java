package dev.hutong.hub.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Who may ask: {@code clients} in {@code hub.yaml}, and {@code http.tlsByProxy}.
 *
 * @param required whether whoever asks for a decision must be registered
 * @param tlsByProxy whether somebody else's TLS stands before the hub's plain HTTP
 */
public record ClientsConfig(boolean required, boolean tlsByProxy) {
    /** Everybody who reaches the hub may ask. */
    public static final ClientsConfig DEFAULT = new ClientsConfig(false, false);

    /** Whoever asks for a decision must be registered. */
    public static final ClientsConfig REQUIRED = new ClientsConfig(true, false);

    static ClientsConfig read(ConfigTree tree) {
        return new ClientsConfig(
                tree.flag("clients.required", DEFAULT.required()), tree.flag("http.tlsByProxy", DEFAULT.tlsByProxy()));
    }

    /** Adds what is wrong with it beside the rest. */
    static void addMistakes(HubConfig config, boolean isOnLoopback, List<String> mistakes) {
        ClientsConfig clients = config.clients();
        boolean hasTls = config.http().tls().isPresent();
        if (clients.tlsByProxy() && hasTls) {
            mistakes.add("http.tlsByProxy: http.tls is there too; TLS ends at one of them");
        }
        if (isOnLoopback) {
            return;
        }
        List<String> missing = new ArrayList<>();
        if (!clients.required()) {
            missing.add("clients.required: true, so that it knows who asks");
        }
        if (!hasTls && !clients.tlsByProxy()) {
            missing.add("http.tls, or http.tlsByProxy: true where a proxy before it does TLS");
        }
        if (config.publicUrl().isEmpty()) {
            missing.add("publicUrl, where its tokens are good");
        }
        if (!missing.isEmpty()) {
            mistakes.add("http.host: «" + config.http().host() + "» is not on the loopback, where a hub needs "
                    + String.join("; ", missing) + ". Or listen on 127.0.0.1 or ::1");
        }
    }
}
