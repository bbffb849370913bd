package dev.hutong.hub.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may ask: {@code clients} in {@code hub.yaml}, and {@code http.tlsByProxy} and {@code http.proxies}.
 *
 * @param required whether whoever asks for a decision must be registered
 * @param tlsByProxy whether somebody else's TLS stands before the hub's plain HTTP
 * @param proxies who is believed when it says whose request it hands on
 */
public record ClientsConfig(boolean required, boolean tlsByProxy, List<Network> proxies) {
    /** Everybody who reaches the hub may ask. */
    public static final ClientsConfig DEFAULT = new ClientsConfig(false, false, List.of());

    /** Whoever asks for a decision must be registered. */
    public static final ClientsConfig REQUIRED = new ClientsConfig(true, false, List.of());

    private static final String PROXIES = "http.proxies";

    public ClientsConfig {
        proxies = List.copyOf(proxies);
    }

    public ClientsConfig withProxies(List<Network> other) {
        return new ClientsConfig(required, tlsByProxy, other);
    }

    static ClientsConfig read(ConfigTree tree) {
        return new ClientsConfig(
                tree.flag("clients.required", DEFAULT.required()),
                tree.flag("http.tlsByProxy", DEFAULT.tlsByProxy()),
                networks(tree, tree.at(PROXIES)));
    }

    private static List<Network> networks(ConfigTree tree, JsonNode list) {
        if (list.isMissingNode() || list.isNull()) {
            return DEFAULT.proxies();
        }
        if (!list.isArray()) {
            tree.mistakes().add(PROXIES + ": a list of addresses is expected, not " + list);
            return DEFAULT.proxies();
        }
        List<Network> networks = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String text = list.get(i).asText();
            Optional<Network> network = Network.parse(text);
            if (network.isEmpty()) {
                tree.mistakes()
                        .add(PROXIES + "[" + i
                                + "]: an address or a network is expected, such as 10.0.0.7 or 10.0.0.0/8," + " not «"
                                + text + "»");
            }
            network.ifPresent(networks::add);
        }
        return networks;
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
