package dev.hutong.registry;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A client's name: its {@code client_id} in OAuth 2.0 (RFC 6749 §2.2).
 *
 * @param value 2 to 64 of {@code a-z 0-9 . -} that begin with a letter and end with a letter or a digit
 */
public record ClientId(String value) implements Comparable<ClientId> {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9.-]{0,62}[a-z0-9]");

    /** @throws IllegalArgumentException if the value has another shape; {@link #parse} is for foreign text */
    public ClientId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "Not a client id: 2 to 64 of a-z, 0-9, point and hyphen, from a letter to a letter or digit");
        }
    }

    /** The client of this name, or empty where the text is none. Compared letter by letter; nothing is trimmed or folded. */
    public static Optional<ClientId> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new ClientId(text)) : Optional.empty();
    }

    @Override
    public int compareTo(ClientId that) {
        return value.compareTo(that.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
