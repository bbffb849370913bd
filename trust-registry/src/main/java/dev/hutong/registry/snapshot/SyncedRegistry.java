package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.snapshot.Members.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A registry that a client took over from a hub, after every check.
 *
 * @param received what it was made of, as the hub signed it
 * @param held what the client is to remember
 * @param issuers in the order of their ids, with the keys that could be understood
 * @param quarantined what could not be understood; it is trusted for nothing, and the rest is used
 * @param refused what is not good at {@code at}
 * @param late true where the next update was due, and the hub had none: something may hold it back
 * @param at the instant of the visit
 */
public record SyncedRegistry(
        Received received,
        Held held,
        List<RegisteredIssuer> issuers,
        List<Quarantined> quarantined,
        List<Refusal> refused,
        boolean late,
        Instant at) {
    /** An issuer or a key that could not be understood, by its name in the snapshot, and why. */
    public record Quarantined(String name, String reason) {}

    /** How many issuers and keys were changed or added by entries of the log from some size on. */
    public record Changes(int issuers, int keys) {}

    public SyncedRegistry {
        issuers = List.copyOf(issuers);
        quarantined = List.copyOf(quarantined);
        refused = List.copyOf(refused);
    }

    static SyncedRegistry of(Received received, PublicJwk hubKey, SignatureProviders providers, Instant at) {
        List<Quarantined> quarantined = new ArrayList<>();
        List<RegisteredIssuer> issuers = issuers(received.entries(), new EntryReader(providers), quarantined);
        Claims claims = received.claims();
        return new SyncedRegistry(
                received,
                new Held(hubKey, claims),
                issuers,
                quarantined,
                Refusals.among(issuers, at),
                !at.isBefore(claims.nextUpdate()),
                at);
    }

    private static List<RegisteredIssuer> issuers(Entries entries, EntryReader reader, List<Quarantined> quarantined) {
        Map<String, List<RegisteredKey>> issuerToKeys = new HashMap<>();
        entries.kidToKey().forEach((kid, json) -> {
            try {
                String owner = EntryReader.issuerId(json, "issuer").value();
                if (!entries.idToIssuer().containsKey(owner)) {
                    throw Members.fault("issuer", "is not in the snapshot");
                }
                issuerToKeys.computeIfAbsent(owner, none -> new ArrayList<>()).add(reader.key(json));
            } catch (MalformedException malformed) {
                quarantined.add(new Quarantined("key " + kid, String.valueOf(malformed.getMessage())));
            }
        });
        List<RegisteredIssuer> issuers = new ArrayList<>();
        entries.idToIssuer().forEach((id, json) -> {
            try {
                List<RegisteredKey> keys = issuerToKeys.getOrDefault(id, new ArrayList<>());
                keys.sort(Comparator.comparing(RegisteredKey::publishedAt));
                issuers.add(reader.issuer(json, keys));
            } catch (MalformedException malformed) {
                quarantined.add(
                        new Quarantined("issuer " + id + " and its keys", String.valueOf(malformed.getMessage())));
            }
        });
        return issuers;
    }

    /** What codes can be resolved by: the issuers and keys that could be understood. */
    public RegistrySnapshot snapshot() {
        Claims claims = received.claims();
        return RegistrySnapshot.takenOver(claims.checkpoint(), claims.issuedAt(), issuers);
    }

    /** What entries of the log from this one on have changed. */
    public Changes changesSince(long entry) {
        int changed = 0;
        int keys = 0;
        for (RegisteredIssuer issuer : issuers) {
            changed += issuer.entry() >= entry ? 1 : 0;
            keys += (int) issuer.keys().stream()
                    .filter(key -> key.standing().entry() >= entry)
                    .count();
        }
        return new Changes(changed, keys);
    }

    /** For people and scripts: the claims, who decides, every issuer with its keys and their states at the instant of the visit. */
    public byte[] toJson() {
        ObjectNode json = held.newest().toJson();
        json.put("at", at.toString()).put("late", late);
        json.set("governance", received.entries().governance());
        ArrayNode array = json.putArray("issuers");
        issuers.forEach(issuer -> array.add(describe(issuer)));
        ArrayNode refusals = json.putArray("refused");
        refused.forEach(refusal -> refusals.add(refusal.toJson()));
        ArrayNode strangers = json.putArray("quarantined");
        quarantined.forEach(one -> strangers.addObject().put("name", one.name()).put("reason", one.reason()));
        return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode describe(RegisteredIssuer issuer) {
        ObjectNode json =
                EntryWriter.issuer(issuer).put("status", issuer.status().name());
        ArrayNode keys = json.putArray("keys");
        for (RegisteredKey key : issuer.keys()) {
            JsonNode entry = EntryWriter.key(issuer.id(), key)
                    .put("state", key.stateAt(at).name());
            keys.add(entry);
        }
        return json;
    }

    /**
     * Snapshots as the hub signed them.
     *
     * @param snapshot the whole one, a compact JWS
     * @param delta what led from it to here; absent where nothing did
     */
    public record Received(String snapshot, Optional<String> delta, Claims claims, Entries entries) {}
}
