package dev.hutong.hub.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tree of keys and values in a configuration file, read by dotted paths. What is not as expected is added to the mistakes with its
 * path, and the default stands; what was never asked for is a key that does not exist.
 */
final class ConfigTree {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private final JsonNode root;
    private final List<String> mistakes;
    private final Set<String> known = new TreeSet<>();

    /** @param mistakes takes what is wrong, in the order found */
    ConfigTree(JsonNode root, List<String> mistakes) {
        this.root = root;
        this.mistakes = mistakes;
    }

    /** Where mistakes go that no single value makes. */
    List<String> mistakes() {
        return mistakes;
    }

    /** Whether there is anything at this path. */
    boolean has(String path) {
        JsonNode node = at(path);
        return !node.isMissingNode() && !node.isNull();
    }

    Optional<String> text(String path) {
        JsonNode node = at(path);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual() || node.textValue().isBlank()) {
            mistakes.add(path + ": a text is expected, not " + node);
            return Optional.empty();
        }
        return Optional.of(node.textValue());
    }

    Optional<Path> path(String path) {
        return text(path).flatMap(text -> {
            try {
                return Optional.of(Path.of(text));
            } catch (InvalidPathException e) {
                mistakes.add(path + ": a file's path is expected, not " + JsonNodeFactory.instance.textNode(text));
                return Optional.empty();
            }
        });
    }

    Optional<URI> url(String path) {
        return text(path).flatMap(text -> {
            try {
                return Optional.of(new URI(text));
            } catch (URISyntaxException e) {
                mistakes.add(path + ": a URL is expected, not " + JsonNodeFactory.instance.textNode(text));
                return Optional.empty();
            }
        });
    }

    boolean flag(String path, boolean otherwise) {
        JsonNode node = at(path);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            mistakes.add(path + ": true or false is expected, not " + node);
            return otherwise;
        }
        return node.booleanValue();
    }

    int port(String path, int otherwise) {
        JsonNode node = at(path);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isInt() || node.intValue() < 0 || node.intValue() > 65_535) {
            mistakes.add(path + ": a port from 0 to 65535 is expected, not " + node);
            return otherwise;
        }
        return node.intValue();
    }

    int count(String path, int otherwise) {
        JsonNode node = at(path);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isInt() || node.intValue() < 0) {
            mistakes.add(path + ": a whole number from 0 is expected, not " + node);
            return otherwise;
        }
        return node.intValue();
    }

    Duration duration(String path, Duration otherwise) {
        JsonNode node = at(path);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        Matcher matcher = DURATION.matcher(node.asText());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            mistakes.add(path + ": a time such as 500ms, 2s, 10m or 1h is expected, not " + node);
            return otherwise;
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    JsonNode at(String path) {
        known.add(path);
        JsonNode node = root;
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        return node;
    }

    /** Adds every key that nobody asked for; called once everything has been read. */
    void refuseUnknownKeys() {
        unknownKeys(root, "");
    }

    private void unknownKeys(JsonNode node, String prefix) {
        node.properties().forEach(entry -> {
            String path = prefix + entry.getKey();
            if (known.contains(path)) {
                return;
            }
            boolean isSection = known.stream().anyMatch(key -> key.startsWith(path + "."));
            if (isSection && (entry.getValue().isObject() || entry.getValue().isNull())) {
                unknownKeys(entry.getValue(), path + ".");
            } else if (isSection) {
                mistakes.add(path + ": keys and their values are expected, not " + entry.getValue());
            } else {
                mistakes.add(path + ": there is no such key; there are " + String.join(", ", known));
            }
        });
    }
}
