package dev.hutong.mapping.format;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A payload's claims by their paths, typed as the format's {@link ClaimSchema} says. Immutable; only the schema makes them. */
public final class Claims {
    private final Map<String, Object> values;
    private final Map<String, List<Claims>> lists;
    private final boolean outsideTable;

    private Claims(Builder builder) {
        this.values = builder.values;
        this.lists = builder.lists;
        this.outsideTable = builder.outsideTable;
    }

    /** The scalar at {@code path}, or null where it is absent. */
    @Nullable
    Object get(String path) {
        return values.get(path);
    }

    public boolean has(String path) {
        return values.containsKey(path);
    }

    /** The text at {@code path}, empty where it is absent. */
    public String text(String path) {
        Object value = values.get(path);
        return value == null ? "" : value.toString();
    }

    /** The whole number at {@code path}; empty where it is absent. */
    public Optional<Long> integer(String path) {
        return Optional.ofNullable((Long) values.get(path));
    }

    /** The time at {@code path}; empty where it is absent. */
    public Optional<Instant> time(String path) {
        return integer(path).map(Instant::ofEpochMilli);
    }

    /** The items of the list at {@code path}; none where it is absent. */
    List<Claims> list(String path) {
        return lists.getOrDefault(path, List.of());
    }

    /** Whether a claim's value is well-typed but not in its table. */
    boolean isOutsideTable() {
        return outsideTable;
    }

    static final class Builder {
        private final Map<String, Object> values = new HashMap<>();
        private final Map<String, List<Claims>> lists = new HashMap<>(2);
        private boolean outsideTable;

        void put(String path, Object value) {
            values.put(path, value);
        }

        void put(String path, List<Claims> items) {
            lists.put(path, List.copyOf(items));
        }

        void outsideTable() {
            outsideTable = true;
        }

        Claims build() {
            return new Claims(this);
        }
    }
}
