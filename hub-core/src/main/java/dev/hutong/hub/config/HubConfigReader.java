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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code hub.yaml}. Every mistake in it is told at once, each with its path; a key that does not exist is a mistake. */
public final class HubConfigReader {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Duration SHORTEST_POLL = Duration.ofMillis(100);

    /** A snapshot's times are whole seconds, and it is signed anew at half of this. */
    private static final Duration SHORTEST_NEXT_UPDATE = Duration.ofSeconds(2);

    private static final Duration LONGEST_PLATFORM_TIMEOUT = Duration.ofSeconds(10);

    private final List<String> mistakes = new ArrayList<>();

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
        reader.isOnLoopback("http.host", config.http())
                .ifPresent(isLoopback -> ClientsConfig.addMistakes(config, isLoopback, reader.mistakes));
        reader.requireLoopback("management.host", config.management());
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
        config.cluster().addMistakes(config, reader.mistakes);
        if (config.platforms().atOnce() < 1) {
            reader.mistakes.add("platforms.atOnce: at least 1");
        }
        config.load().addMistakes(reader.mistakes);
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
        ConfigTree tree = new ConfigTree(root, mistakes);
        HubConfig otherwise = HubConfig.defaults();
        HubConfig config = new HubConfig(
                tree.text("id").orElse(otherwise.id()),
                tree.path("data").orElse(otherwise.data()),
                new RulesConfig(
                        tree.path("rules.folder"),
                        tree.flag("rules.shadow", otherwise.rules().shadow())),
                tree.path("policies"),
                endpoint(tree, "http", otherwise.http()),
                endpoint(tree, "management", otherwise.management()),
                new RegistryConfig(
                        tree.duration("registry.poll", otherwise.registry().poll()),
                        tree.duration("registry.maxAge", otherwise.registry().maxAge()),
                        snapshot(tree, otherwise.registry().snapshot()),
                        store(tree),
                        WitnessConfigReader.read(tree.at("registry.witnesses"), mistakes),
                        WitnessConfigReader.quorum(tree.at("registry.quorum"), mistakes)),
                new PlatformsConfig(
                        tree.duration("platforms.timeout", otherwise.platforms().timeout()),
                        tree.count("platforms.atOnce", otherwise.platforms().atOnce())),
                tree.url("publicUrl"),
                ClientsConfig.read(tree),
                LedgerConfig.read(tree),
                LoadConfig.read(tree),
                TelemetryConfig.read(tree),
                ClusterConfig.read(tree),
                WarmUpConfig.read(tree));
        tree.refuseUnknownKeys();
        mistakes.addAll(mistakesIn(config));
        return mistakes.isEmpty() ? new Reading.Valid(config) : new Reading.Invalid(mistakes);
    }

    private Optional<StoreConfig> store(ConfigTree tree) {
        Optional<String> url = tree.text("registry.store.url");
        Optional<String> user = tree.text("registry.store.user");
        Optional<Path> passwordFile = tree.path("registry.store.passwordFile");
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

    private static SnapshotConfig snapshot(ConfigTree tree, SnapshotConfig otherwise) {
        return new SnapshotConfig(
                tree.duration("registry.snapshot.nextUpdate", otherwise.nextUpdate()),
                tree.duration("registry.snapshot.expires", otherwise.expires()),
                tree.count("registry.snapshot.reach", otherwise.reach()));
    }

    private static Endpoint endpoint(ConfigTree tree, String path, Endpoint otherwise) {
        return new Endpoint(
                tree.text(path + ".host").orElse(otherwise.host()),
                tree.port(path + ".port", otherwise.port()),
                TlsConfig.read(tree, path + ".tls"),
                LimitsConfig.read(tree, path + ".limits"));
    }

    private void requireLoopback(String path, Endpoint endpoint) {
        if (isOnLoopback(path, endpoint).filter(isLoopback -> !isLoopback).isPresent()) {
            mistakes.add(
                    path + ": «" + endpoint.host()
                            + "» is not on the loopback. Operators are not authenticated, so this server listens on 127.0.0.1 or ::1 only");
        }
    }

    /** Empty, and a mistake, where it is no address at all. */
    private Optional<Boolean> isOnLoopback(String path, Endpoint endpoint) {
        Optional<Boolean> isOnLoopback = endpoint.isOnLoopback();
        if (isOnLoopback.isEmpty()) {
            mistakes.add(path + ": «" + endpoint.host() + "» is not an address; use 127.0.0.1");
        }
        return isOnLoopback;
    }
}
