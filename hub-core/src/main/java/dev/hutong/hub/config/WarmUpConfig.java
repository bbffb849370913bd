package dev.hutong.hub.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * How a hub gets ready before it says that it is: {@code warmUp} in {@code hub.yaml}.
 *
 * @param limit for how long it resolves codes of nobody's, at most; zero where it does not
 */
public record WarmUpConfig(Duration limit) {
    private static final String KEY = "warmUp";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** So long that a hub is ready within four seconds. */
    static final WarmUpConfig DEFAULT = new WarmUpConfig(Duration.ofMillis(1_200));

    /** None. */
    public static final WarmUpConfig NONE = new WarmUpConfig(Duration.ZERO);

    static WarmUpConfig read(ConfigTree tree) {
        JsonNode node = tree.at(KEY);
        if (node.isInt() && node.intValue() == 0) {
            return NONE;
        }
        Duration limit = tree.duration(KEY, DEFAULT.limit());
        if (limit.compareTo(LONGEST) > 0) {
            tree.mistakes().add(KEY + ": at most " + LONGEST.toSeconds() + "s; until then nobody is answered");
        }
        return new WarmUpConfig(limit);
    }
}
