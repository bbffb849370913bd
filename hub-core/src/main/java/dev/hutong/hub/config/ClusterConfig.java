package dev.hutong.hub.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which hubs stand beside this one: {@code cluster} in {@code hub.yaml}.
 *
 * @param name what this cluster is called; a hub without stands alone
 * @param bind where this hub listens for the others
 * @param address where they reach it, where that is not {@code bind}, such as the end of a tunnel
 * @param members where the others are; a hub may name itself among them
 */
public record ClusterConfig(Optional<String> name, Node bind, Optional<Node> address, List<Node> members) {
    static final ClusterConfig DEFAULT =
            new ClusterConfig(Optional.empty(), new Node("127.0.0.1", 5701), Optional.empty(), List.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public ClusterConfig {
        members = List.copyOf(members);
    }

    /**
     * Where a hub listens for others.
     *
     * @param host a name or an address
     * @param port 1 to 65535
     */
    public record Node(String host, int port) {
        private static final Pattern TEXT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]\\s]+):([0-9]{1,5})");

        /** Reads {@code host:port}, an IPv6 address in brackets. */
        static Optional<Node> parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            int port = Integer.parseInt(matcher.group(2));
            return port < 1 || port > 65_535
                    ? Optional.empty()
                    : Optional.of(new Node(matcher.group(1).replaceAll("[\\[\\]]", ""), port));
        }

        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    static ClusterConfig read(ConfigTree tree) {
        return new ClusterConfig(
                tree.text("cluster.name"),
                node(tree, "cluster.bind").orElse(DEFAULT.bind()),
                node(tree, "cluster.address"),
                nodes(tree, "cluster.members"));
    }

    private static Optional<Node> node(ConfigTree tree, String path) {
        return tree.text(path).flatMap(text -> node(tree, path, text));
    }

    private static Optional<Node> node(ConfigTree tree, String path, String text) {
        Optional<Node> node = Node.parse(text);
        if (node.isEmpty()) {
            tree.mistakes().add(path + ": host:port is expected, such as 10.0.0.2:5701, not «" + text + "»");
        }
        return node;
    }

    private static List<Node> nodes(ConfigTree tree, String path) {
        JsonNode list = tree.at(path);
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            tree.mistakes().add(path + ": a list of host:port is expected, not " + list);
            return List.of();
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            node(tree, path + "[" + i + "]", list.get(i).asText()).ifPresent(nodes::add);
        }
        return nodes;
    }

    /** What is wrong with it beside the rest of a configuration, however that was made. */
    void addMistakes(HubConfig config, List<String> mistakes) {
        if (name.isEmpty()) {
            if (!members.isEmpty()) {
                mistakes.add("cluster.name: is missing; without it the members are not asked");
            }
            return;
        }
        if (!NAME.matcher(name.get()).matches()) {
            mistakes.add("cluster.name: letters, digits, dots, dashes and underscores, at most 64");
        }
        if (members.isEmpty()) {
            mistakes.add("cluster.members: name at least one other hub; it need not be there yet");
        }
        if (config.registry().store().isEmpty()) {
            mistakes.add("cluster: its hubs share one registry, and registry.store.url is missing");
        }
        requireAddressOfThisMachine(mistakes);
    }

    private void requireAddressOfThisMachine(List<String> mistakes) {
        try {
            if (InetAddress.getByName(bind.host()).isAnyLocalAddress()) {
                mistakes.add("cluster.bind: name the one address that the others reach, not «" + bind.host()
                        + "»: whoever reaches this port is trusted");
            }
        } catch (UnknownHostException e) {
            mistakes.add("cluster.bind: «" + bind.host() + "» is not an address");
        }
    }
}
