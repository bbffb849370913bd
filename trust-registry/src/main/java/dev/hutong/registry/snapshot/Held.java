package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.StrictJson;
import dev.hutong.registry.snapshot.Members.MalformedException;
import java.nio.charset.StandardCharsets;

/**
 * What a client never forgets: whose snapshots it takes, and the newest that it has seen.
 *
 * @param hubKey the key that they must be signed with
 * @param newest nothing older is ever taken again
 */
public record Held(PublicJwk hubKey, Claims newest) {
    /** As it is kept. */
    public byte[] toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("hubKey", hubKey.toJson());
        json.set("newest", newest.toJson());
        return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What was kept.
     *
     * @throws IllegalArgumentException if these octets are not that, with what is wrong
     */
    public static Held of(byte[] utf8) {
        try {
            JsonNode json = StrictJson.read(utf8).orElseThrow(() -> new MalformedException("it is not strict JSON"));
            return switch (PublicJwk.parse(Members.object(json, "hubKey"))) {
                case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) ->
                    new Held(key, Claims.read(Members.object(json, "newest")));
                case KeyAdmission.Refused<PublicJwk> refused -> throw new MalformedException(refused.explanation());
            };
        } catch (MalformedException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }
}
