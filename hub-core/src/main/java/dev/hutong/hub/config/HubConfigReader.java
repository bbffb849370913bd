package dev.hutong.hub.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hutong.hub.config.HubConfig.Endpoint;
import dev.hutong.hub.config.HubConfig.PlatformsConfig;
import dev.hutong.hub.config.HubConfig.RegistryConfig;
import dev.hutong.hub.config.HubConfig.RulesConfig;
import dev.hutong.hub.config.HubConfig.SnapshotConfig;
import dev.hutong.hub.config.HubConfig.StoreConfig;
import dev.hutong.registry.PostgresStore;
import dev.hutong.registry.proposal.EntityId;
import dev.hutong.registry.tlog.NoteKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code hub.yaml}. Every mistake in it is told at once, each with its path; a key that does not exist is a mistake. */
public final class HubConfigReader {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private static final Duration SHORTEST_POLL = Duration.ofMillis(100);

    /** A snapshot's times are whole seconds, and it is signed anew at half of this. */
    private static final Duration SHORTEST_NEXT_UPDATE = Duration.ofSeconds(2);

    private static final Duration LONGEST_PLATFORM_TIMEOUT = Duration.ofSeconds(10);

    private final List<String> mistakes = new ArrayList<>();
    private final Set<String> known = new TreeSet<>();

    private HubConfigReader() {}

    /** What a file was read as. */
    public sealed interface Reading {
        record Valid(HubConfig config) implements Reading {}

        /** Not usable; {@code mistakes} has a line for each, with its path. */
        record Invalid(List<String> mistakes) implements Reading {}
    }

    /** Reads a file; what it leaves out has its default. */
    public static Reading read(Path file) {
        try {
            String text = Files.readString(file);
            JsonNode root = YAML.readTree(text);
            return new HubConfigReader()
                    .read(
                            root == null || root.isMissingNode() || root.isNull()
                                    ? JsonNodeFactory.instance.objectNode()
                                    : root);
        } catch (NoSuchFileException e) {
            return new Reading.Invalid(List.of("There is no file " + file + "."));
        } catch (JsonProcessingException e) {
            return new Reading.Invalid(
                    List.of("Line " + e.getLocation().getLineNr() + " is not YAML: " + e.getOriginalMessage()));
        } catch (IOException e) {
            return new Reading.Invalid(List.of("It cannot be read: " + e));
        }
    }

    /** Checks a configuration that did not come from a file, such as one with options of the command line laid over it. */
    public static List<String> mistakesIn(HubConfig config) {
        HubConfigReader reader = new HubConfigReader();
        if (!NoteKey.isName(config.id())) {
            reader.mistakes.add("id: no spaces and no plus signs, since it names the log of a development registry");
        }
        reader.requireLoopback("http.host", config.http().host());
        reader.requireLoopback("management.host", config.management().host());
        if (config.http().port() != 0
                && config.http().port() == config.management().port()) {
            reader.mistakes.add(
                    "management.port: the same as http.port (" + config.http().port() + "); they are two servers");
        }
        if (config.registry().maxAge().compareTo(config.registry().poll()) <= 0) {
            reader.mistakes.add(
                    "registry.maxAge: must be longer than registry.poll, or every answer is STALE_REGISTRY");
        }
        if (config.registry().poll().compareTo(SHORTEST_POLL) < 0) {
            reader.mistakes.add("registry.poll: at least " + SHORTEST_POLL.toMillis() + "ms");
        }
        SnapshotConfig snapshot = config.registry().snapshot();
        if (snapshot.nextUpdate().compareTo(SHORTEST_NEXT_UPDATE) < 0) {
            reader.mistakes.add("registry.snapshot.nextUpdate: at least " + SHORTEST_NEXT_UPDATE.toSeconds() + "s");
        }
        if (snapshot.expires().compareTo(snapshot.nextUpdate()) < 0) {
            reader.mistakes.add(
                    "registry.snapshot.expires: must not be shorter than registry.snapshot.nextUpdate, or nobody has a good one");
        }
        WitnessConfigReader.addMistakes(config.registry(), reader.mistakes);
        if (config.platforms().timeout().compareTo(LONGEST_PLATFORM_TIMEOUT) > 0) {
            reader.mistakes.add("platforms.timeout: at most " + LONGEST_PLATFORM_TIMEOUT.toSeconds()
                    + "s; a queue is waiting, and a hub that is told to end waits as long");
        }
        config.publicUrl()
                .flatMap(url -> EntityId.faultInAnchor(url.toString()))
                .ifPresent(fault -> reader.mistakes.add("publicUrl: it " + fault));
        return reader.mistakes;
    }

    private Reading read(JsonNode root) {
        if (!root.isObject()) {
            return new Reading.Invalid(List.of("It is not a mapping of keys to values."));
        }
        HubConfig otherwise = HubConfig.defaults();
        HubConfig config = new HubConfig(
                text(root, "id").orElse(otherwise.id()),
                path(root, "data").orElse(otherwise.data()),
                new RulesConfig(
                        path(root, "rules.folder"),
                        flag(root, "rules.shadow", otherwise.rules().shadow())),
                path(root, "policies"),
                endpoint(root, "http", otherwise.http()),
                endpoint(root, "management", otherwise.management()),
                new RegistryConfig(
                        duration(root, "registry.poll", otherwise.registry().poll()),
                        duration(root, "registry.maxAge", otherwise.registry().maxAge()),
                        snapshot(root, otherwise.registry().snapshot()),
                        store(root),
                        WitnessConfigReader.read(at(root, "registry.witnesses"), mistakes),
                        WitnessConfigReader.quorum(at(root, "registry.quorum"), mistakes)),
                new PlatformsConfig(duration(
                        root, "platforms.timeout", otherwise.platforms().timeout())),
                url(root, "publicUrl"));
        unknownKeys(root, "");
        mistakes.addAll(mistakesIn(config));
        return mistakes.isEmpty() ? new Reading.Valid(config) : new Reading.Invalid(mistakes);
    }

    private Optional<StoreConfig> store(JsonNode root) {
        Optional<String> url = text(root, "registry.store.url");
        Optional<String> user = text(root, "registry.store.user");
        Optional<Path> passwordFile = path(root, "registry.store.passwordFile");
        if (url.isEmpty() && (user.isPresent() || passwordFile.isPresent())) {
            mistakes.add("registry.store.url: is missing; without it the registry is a file in the data folder");
        }
        if (url.isPresent() && user.isEmpty()) {
            mistakes.add("registry.store.user: the database's user is missing");
        }
        try {
            return url.map(text -> new StoreConfig(new PostgresStore(text, user.orElse(""), ""), passwordFile));
        } catch (IllegalArgumentException fault) {
            mistakes.add("registry.store.url: " + fault.getMessage());
            return Optional.empty();
        }
    }

    private SnapshotConfig snapshot(JsonNode root, SnapshotConfig otherwise) {
        return new SnapshotConfig(
                duration(root, "registry.snapshot.nextUpdate", otherwise.nextUpdate()),
                duration(root, "registry.snapshot.expires", otherwise.expires()),
                count(root, "registry.snapshot.reach", otherwise.reach()));
    }

    private Endpoint endpoint(JsonNode root, String path, Endpoint otherwise) {
        return new Endpoint(
                text(root, path + ".host").orElse(otherwise.host()), port(root, path + ".port", otherwise.port()));
    }

    private Optional<String> text(JsonNode root, String path) {
        JsonNode node = at(root, path);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual() || node.textValue().isBlank()) {
            mistakes.add(path + ": a text is expected, not " + node);
            return Optional.empty();
        }
        return Optional.of(node.textValue());
    }

    private Optional<Path> path(JsonNode root, String path) {
        return text(root, path).flatMap(text -> {
            try {
                return Optional.of(Path.of(text));
            } catch (InvalidPathException e) {
                mistakes.add(path + ": a file's path is expected, not " + JsonNodeFactory.instance.textNode(text));
                return Optional.empty();
            }
        });
    }

    private Optional<URI> url(JsonNode root, String path) {
        return text(root, path).flatMap(text -> {
            try {
                return Optional.of(new URI(text));
            } catch (URISyntaxException e) {
                mistakes.add(path + ": a URL is expected, not " + JsonNodeFactory.instance.textNode(text));
                return Optional.empty();
            }
        });
    }

    private boolean flag(JsonNode root, String path, boolean otherwise) {
        JsonNode node = at(root, path);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            mistakes.add(path + ": true or false is expected, not " + node);
            return otherwise;
        }
        return node.booleanValue();
    }

    private int port(JsonNode root, String path, int otherwise) {
        JsonNode node = at(root, path);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isInt() || node.intValue() < 0 || node.intValue() > 65_535) {
            mistakes.add(path + ": a port from 0 to 65535 is expected, not " + node);
            return otherwise;
        }
        return node.intValue();
    }

    private int count(JsonNode root, String path, int otherwise) {
        JsonNode node = at(root, path);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isInt() || node.intValue() < 0) {
            mistakes.add(path + ": a whole number from 0 is expected, not " + node);
            return otherwise;
        }
        return node.intValue();
    }

    private Duration duration(JsonNode root, String path, Duration otherwise) {
        JsonNode node = at(root, path);
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

    private void requireLoopback(String path, String host) {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                mistakes.add(
                        path + ": «" + host
                                + "» is not on the loopback. This hub does not authenticate its clients yet, so it listens on 127.0.0.1 or ::1 only");
            }
        } catch (UnknownHostException e) {
            mistakes.add(path + ": «" + host + "» is not an address; use 127.0.0.1");
        }
    }

    private JsonNode at(JsonNode root, String path) {
        known.add(path);
        JsonNode node = root;
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        return node;
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
