package dev.hutong.conformance.province;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.conformance.jose.TokenFault;
import dev.hutong.conformance.province.ProvinceSheet.Province;
import dev.hutong.conformance.province.ProvinceSheet.SignedText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One issuer: an id, keys, and either the texts it signs or its running platform. */
public final class VirtualProvince {
    private final Province description;
    private final Map<String, SigningKey> nameToKey = new LinkedHashMap<>();
    private @Nullable VirtualPlatform platform;

    VirtualProvince(Province description) {
        this.description = description;
        description.keys().forEach(key -> nameToKey.put(key.name(), SigningKey.generate(key.algorithm())));
    }

    void runs(VirtualPlatform started) {
        this.platform = started;
    }

    public String issuerId() {
        return description.issuer();
    }

    /** The issuer id's part behind the dot. */
    public String format() {
        return issuerId().substring(issuerId().indexOf('.') + 1);
    }

    public String name() {
        return description.name();
    }

    /** The keys to register, as JWK texts. */
    public List<String> publicJwks() {
        return description.keys().stream()
                .filter(ProvinceSheet.Key::isRegistered)
                .map(key -> key(key.name()).publicJwk())
                .toList();
    }

    /** The key it signs with unless told otherwise: the first. */
    public SigningKey key() {
        return nameToKey.values().iterator().next();
    }

    /**
     * A key by its name in the data.
     *
     * @throws IllegalArgumentException if there is none
     */
    public SigningKey key(String name) {
        SigningKey key = nameToKey.get(name);
        if (key == null) {
            throw new IllegalArgumentException(
                    issuerId() + " has no key \"" + name + "\": there is " + nameToKey.keySet());
        }
        return key;
    }

    /** Where its platform listens. */
    public Optional<URI> platform() {
        return Optional.ofNullable(platform).map(VirtualPlatform::uri);
    }

    /**
     * The platform itself.
     *
     * @throws IllegalStateException if this province signs texts instead
     */
    public VirtualPlatform virtualPlatform() {
        if (platform == null) {
            throw new IllegalStateException(issuerId() + " has no platform");
        }
        return platform;
    }

    /** True if its codes carry a signed statement themselves. */
    public boolean signsTexts() {
        return description.signedText() != null;
    }

    /** An honest signed text: the claims as given, signed with {@link #key()}. */
    public ScannedCode sign(JsonNode claims) {
        return sign(claims, key());
    }

    /**
     * A signed text by a given key, whoever it belongs to.
     *
     * @throws IllegalStateException if this province has a platform instead
     */
    public ScannedCode sign(JsonNode claims, SigningKey key) {
        return ScannedCode.ofText(signedText().prefix() + key.jws(signedText().typ(), bytes(claims)));
    }

    /**
     * A signed text with one fault.
     *
     * @throws IllegalStateException if this province has a platform instead
     */
    public ScannedCode sign(JsonNode claims, TokenFault fault) {
        return ScannedCode.ofText(
                signedText().prefix() + fault.token(key(), signedText().typ(), bytes(claims)));
    }

    private SignedText signedText() {
        if (description.signedText() == null) {
            throw new IllegalStateException(issuerId() + " signs no texts");
        }
        return description.signedText();
    }

    private static byte[] bytes(JsonNode claims) {
        return claims.toString().getBytes(StandardCharsets.UTF_8);
    }
}
