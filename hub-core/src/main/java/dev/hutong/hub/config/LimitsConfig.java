package dev.hutong.hub.config;

import java.time.Duration;
import java.util.List;

/**
 * What one server bears of the network: {@code http.limits} and {@code management.limits} in {@code hub.yaml}. Sizes are not configured:
 * the contract has them.
 *
 * @param headers from the beginning of a connection to the end of its first request's headers
 * @param body from there to the end of the body, or of each 64 KiB of it where it may be longer
 * @param idle from an answer to the end of the next request's headers
 * @param connections how many may be open at once
 */
public record LimitsConfig(Duration headers, Duration body, Duration idle, int connections) {
    public static final LimitsConfig DEFAULT =
            new LimitsConfig(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60), 10_000);

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    static LimitsConfig read(ConfigTree tree, String path) {
        LimitsConfig limits = new LimitsConfig(
                tree.duration(path + ".headers", DEFAULT.headers),
                tree.duration(path + ".body", DEFAULT.body),
                tree.duration(path + ".idle", DEFAULT.idle),
                tree.count(path + ".connections", DEFAULT.connections));
        limits.addMistakes(path, tree.mistakes());
        return limits;
    }

    private void addMistakes(String path, List<String> mistakes) {
        require(headers, path + ".headers", mistakes);
        require(body, path + ".body", mistakes);
        require(idle, path + ".idle", mistakes);
        if (connections == 0) {
            mistakes.add(path + ".connections: at least 1, or nobody can ask");
        }
    }

    private static void require(Duration limit, String path, List<String> mistakes) {
        if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
            mistakes.add(path + ": from " + SHORTEST.toMillis() + "ms to " + LONGEST.toHours() + "h");
        }
    }
}
