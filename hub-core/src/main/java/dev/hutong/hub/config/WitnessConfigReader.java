package dev.hutong.hub.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.config.HubConfig.RegistryConfig;
import dev.hutong.hub.config.HubConfig.WitnessConfig;
import dev.hutong.registry.PlatformRule;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code registry.witnesses} and {@code registry.quorum}, and adds every mistake in them to those found before. */
final class WitnessConfigReader {
    private static final String PATH = "registry.witnesses";
    private static final Set<String> KEYS = Set.of("vkey", "url");

    private WitnessConfigReader() {}

    static List<WitnessConfig> read(JsonNode list, List<String> mistakes) {
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            mistakes.add(PATH + ": a list of witnesses, each with vkey and url, is expected, not " + list);
            return List.of();
        }
        List<WitnessConfig> witnesses = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            witness(list.get(i), PATH + "[" + i + "]", mistakes).ifPresent(witnesses::add);
        }
        return witnesses;
    }

    private static Optional<WitnessConfig> witness(JsonNode node, String path, List<String> mistakes) {
        if (!node.isObject()) {
            mistakes.add(path + ": keys and their values are expected, not " + node);
            return Optional.empty();
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                mistakes.add(path + "." + name + ": there is no such key; there are url, vkey");
            }
        });
        Optional<NoteKey> key = key(node.path("vkey"), path + ".vkey", mistakes);
        Optional<URI> url = url(node.path("url"), path + ".url", mistakes);
        return key.flatMap(known -> url.map(address -> new WitnessConfig(known, address)));
    }

    private static Optional<NoteKey> key(JsonNode node, String path, List<String> mistakes) {
        if (!node.isTextual()) {
            mistakes.add(path + ": a witness's vkey (name+id+key) is expected, not " + node);
            return Optional.empty();
        }
        Parsed<NoteKey> key = NoteKey.parse(node.textValue());
        key.fault().ifPresent(fault -> mistakes.add(path + ": it is no vkey: " + fault));
        if (key.asOptional()
                .filter(one -> one.type() != NoteKey.Type.COSIGNATURE_V1)
                .isPresent()) {
            mistakes.add(path + ": it is the key of a log (type 0x01), and a witness's (type 0x04) is expected");
            return Optional.empty();
        }
        return key.asOptional();
    }

    private static Optional<URI> url(JsonNode node, String path, List<String> mistakes) {
        try {
            URI url = new URI(node.isTextual() ? node.textValue() : "");
            Optional<String> fault =
                    PlatformRule.faultIn(url).map(text -> text.replace("The platform's", "The witness's"));
            fault.ifPresent(text -> mistakes.add(path + ": " + text));
            return fault.isPresent() ? Optional.empty() : Optional.of(url);
        } catch (URISyntaxException e) {
            mistakes.add(path + ": it is no URL: " + e.getMessage());
            return Optional.empty();
        }
    }

    static int quorum(JsonNode node, List<String> mistakes) {
        if (node.isMissingNode() || node.isNull()) {
            return 0;
        }
        if (!node.isInt() || node.intValue() < 0) {
            mistakes.add("registry.quorum: a number from 0 on is expected, not " + node);
            return 0;
        }
        return node.intValue();
    }

    /** What is wrong with a configuration, however it was made. */
    static void addMistakes(RegistryConfig registry, List<String> mistakes) {
        int witnesses = registry.witnesses().size();
        if (registry.quorum() < 0 || registry.quorum() > witnesses) {
            mistakes.add("registry.quorum: " + registry.quorum() + " of " + witnesses
                    + " witnesses can never be reached; give 0 to " + witnesses);
        }
        if (registry.witnesses().stream()
                        .map(witness -> witness.key().publicKey())
                        .distinct()
                        .count()
                < witnesses) {
            mistakes.add(PATH + ": two have one key; a witness must not count twice");
        }
    }
}
