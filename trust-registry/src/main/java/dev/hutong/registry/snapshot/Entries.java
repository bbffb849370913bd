package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.snapshot.Members.MalformedException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a snapshot says, or a part of it: who decides, every issuer, every key, each with its whole history. A function of the log's size alone:
 * the same size has the same entries, octet by octet. Nothing is ever taken away, so that a difference only adds and replaces.
 */
public final class Entries {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonNode governance;
    private final SortedMap<String, ObjectNode> idToIssuer;
    private final SortedMap<String, ObjectNode> kidToKey;

    private Entries(
            JsonNode governance, SortedMap<String, ObjectNode> idToIssuer, SortedMap<String, ObjectNode> kidToKey) {
        this.governance = governance;
        this.idToIssuer = Collections.unmodifiableSortedMap(idToIssuer);
        this.kidToKey = Collections.unmodifiableSortedMap(kidToKey);
    }

    /** Everything that the registry holds. */
    static Entries of(RegistrySnapshot snapshot) {
        return changedSince(0, snapshot);
    }

    /**
     * What is no longer as it was when the log had so many entries; who decides is always in it.
     *
     * @param size entries with an index from this on have changed something
     */
    static Entries changedSince(long size, RegistrySnapshot snapshot) {
        SortedMap<String, ObjectNode> issuers = new TreeMap<>();
        SortedMap<String, ObjectNode> keys = new TreeMap<>();
        for (RegisteredIssuer issuer : snapshot.issuers()) {
            if (issuer.entry() >= size) {
                issuers.put(issuer.id().value(), EntryWriter.issuer(issuer));
            }
            for (RegisteredKey key : issuer.keys()) {
                if (key.standing().entry() >= size) {
                    keys.put(key.id().value(), EntryWriter.key(issuer.id(), key));
                }
            }
        }
        JsonNode governance =
                snapshot.governance().<JsonNode>map(EntryWriter::governance).orElse(JSON.nullNode());
        return new Entries(governance, issuers, keys);
    }

    /** Foreign entries; each issuer and each key stands in them once, in the order of their names. */
    static Entries read(JsonNode json) throws MalformedException {
        return new Entries(
                Members.required(json, "governance"), named(json, "issuers", "id"), named(json, "keys", "kid"));
    }

    private static SortedMap<String, ObjectNode> named(JsonNode json, String member, String nameMember)
            throws MalformedException {
        SortedMap<String, ObjectNode> nameToEntry = new TreeMap<>();
        for (JsonNode entry : Members.array(json, member)) {
            String name = Members.text(entry, nameMember);
            if (!nameToEntry.isEmpty() && nameToEntry.lastKey().compareTo(name) >= 0) {
                throw Members.fault(member, "has " + name + " twice or out of order");
            }
            nameToEntry.put(name, (ObjectNode) entry);
        }
        return nameToEntry;
    }

    /** These entries after what has changed. */
    Entries with(Entries changed) {
        SortedMap<String, ObjectNode> issuers = new TreeMap<>(idToIssuer);
        issuers.putAll(changed.idToIssuer);
        SortedMap<String, ObjectNode> keys = new TreeMap<>(kidToKey);
        keys.putAll(changed.kidToKey);
        return new Entries(changed.governance, issuers, keys);
    }

    JsonNode governance() {
        return governance;
    }

    SortedMap<String, ObjectNode> idToIssuer() {
        return idToIssuer;
    }

    SortedMap<String, ObjectNode> kidToKey() {
        return kidToKey;
    }

    ObjectNode toJson() {
        ObjectNode json = JSON.objectNode();
        json.set("governance", governance);
        json.set("issuers", array(idToIssuer));
        json.set("keys", array(kidToKey));
        return json;
    }

    private static ArrayNode array(SortedMap<String, ObjectNode> entries) {
        return JSON.arrayNode().addAll(entries.values());
    }

    /** Their one text (RFC 8785). */
    byte[] canonical() {
        return CanonicalJson.octets(toJson());
    }

    /** The SHA-256 of {@link #canonical} in base64url. */
    String digest() {
        return CanonicalJson.digest(canonical());
    }
}
