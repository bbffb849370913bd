package dev.hutong.mapping.format;

import dev.cel.runtime.CelVariableResolver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a rule may look at: the claims of the token and of the entry being mapped, the present instant, and the units of time.
 * A claim that is absent reads as the empty value of its kind.
 */
final class Facts implements CelVariableResolver {
    static final String NOW = "now";

    /** Units that a rule counts time in, in milliseconds. */
    static final Map<String, Long> UNITS =
            Map.of("seconds", 1_000L, "minutes", 60_000L, "hours", 3_600_000L, "days", 86_400_000L);

    private final List<Claims> claims;
    private final Map<String, Object> absent;
    private final long now;

    /**
     * @param claims looked through in this order
     * @param absent every variable that claims could hold, with its empty value
     * @param now milliseconds since 1970
     */
    Facts(List<Claims> claims, Map<String, Object> absent, long now) {
        this.claims = claims;
        this.absent = absent;
        this.now = now;
    }

    /** The same below {@code layers}, which are looked through first. */
    Facts under(List<Claims> layers) {
        return new Facts(Stream.concat(layers.stream(), claims.stream()).toList(), absent, now);
    }

    long now() {
        return now;
    }

    boolean has(String path) {
        for (Claims layer : claims) {
            if (layer.has(path)) {
                return true;
            }
        }
        return false;
    }

    /** The entries of a list; none where it is absent. */
    List<Claims> entries(String list) {
        for (Claims layer : claims) {
            List<Claims> entries = layer.list(list);
            if (!entries.isEmpty()) {
                return entries;
            }
        }
        return List.of();
    }

    /** The same, with one entry's claims before all others. */
    Facts of(Claims entry) {
        List<Claims> layers = new ArrayList<>(claims.size() + 1);
        layers.add(entry);
        layers.addAll(claims);
        return new Facts(layers, absent, now);
    }

    String text(String path) {
        return find(path).orElse("").toString();
    }

    /** The time at {@code path}, or null where it is absent or no time. */
    @Nullable
    Instant time(String path) {
        return has(path) && find(path).orElseThrow() instanceof Long millis ? Instant.ofEpochMilli(millis) : null;
    }

    @Override
    public Optional<Object> find(String name) {
        for (Claims layer : claims) {
            Object value = layer.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        if (name.equals(NOW)) {
            return Optional.of(now);
        }
        Object empty = absent.get(name);
        return empty != null ? Optional.of(empty) : Optional.ofNullable(UNITS.get(name));
    }
}
