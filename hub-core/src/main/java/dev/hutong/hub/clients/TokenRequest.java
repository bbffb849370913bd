package dev.hutong.hub.clients;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request to the token endpoint.
 *
 * @param nameToValue each given once; one without a value counts as left out (RFC 6749 §3.2)
 */
record TokenRequest(Map<String, String> nameToValue) {
    private static final int MOST_PARAMETERS = 32;

    TokenRequest {
        nameToValue = Map.copyOf(nameToValue);
    }

    /** Reads {@code application/x-www-form-urlencoded}; empty where it is none, or gives a parameter twice. Never throws. */
    static Optional<TokenRequest> read(byte[] form) {
        String[] parts = new String(form, StandardCharsets.UTF_8).split("&", MOST_PARAMETERS + 1);
        if (parts.length > MOST_PARAMETERS) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (String part : parts) {
            String[] nameAndValue = part.split("=", 2);
            String name = decoded(nameAndValue[0]);
            String value = nameAndValue.length < 2 ? "" : decoded(nameAndValue[1]);
            if (name == null || value == null || parameters.put(name, value) != null) {
                return Optional.empty();
            }
        }
        parameters.values().removeIf(String::isEmpty);
        return Optional.of(new TokenRequest(parameters));
    }

    private static @Nullable String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }

    /** The parameter's value; empty where it is left out. */
    String get(String name) {
        return nameToValue.getOrDefault(name, "");
    }
}
