package dev.hutong.conformance.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hutong.conformance.jose.TokenFault;
import dev.hutong.conformance.province.Behaviour;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A synthetic holder of one code, who travels; mirrors an entry of the people's file, whose head explains each member.
 *
 * @param from the issuer, unless the code is {@code scanned} as it stands
 * @param to the destination's region, absent for a request that names none
 */
@JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
public record Person(
        String holder,
        String name,
        @Nullable String story,
        @Nullable String from,
        @Nullable String to,
        @Nullable String key,
        @Nullable String shape,
        @Nullable JsonNode claims,
        @Nullable JsonNode record,
        @Nullable String fault,
        @Nullable JsonNode behaviour,
        @Nullable String scanned,
        @Nullable String damage,
        @Nullable JsonNode observed,
        Expectation expect) {
    public Person {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(name, "name of " + holder);
        Objects.requireNonNull(expect, "expect of " + holder);
        long ways = StreamSupport.stream(
                        List.of(present(claims), present(record), scanned != null)
                                .spliterator(),
                        false)
                .filter(given -> given)
                .count();
        require(ways == 1, holder + " needs one of claims, record and scanned");
        require((from == null) == (scanned != null), holder + " needs from, unless the code is scanned as it stands");
        require(
                fault == null || (present(claims) && key == null),
                holder + ": a fault is one of signed claims, and chooses the key itself");
        require(
                present(record) || (!present(behaviour) && shape == null),
                holder + ": only a platform has behaviours and shapes");
    }

    /** The format part of the issuer id; {@code –} for a code from nowhere. */
    public String format() {
        return from == null ? "–" : from.substring(from.indexOf('.') + 1);
    }

    Optional<TokenFault> tokenFault() {
        return Optional.ofNullable(fault).map(name -> TokenFault.valueOf(constant(name)));
    }

    Optional<Damage> scanDamage() {
        return Optional.ofNullable(damage).map(name -> Damage.valueOf(constant(name)));
    }

    /** The platform's behaviours by step; a single one is for the first. */
    List<Behaviour> behaviours() {
        JsonNode data = behaviour == null ? MissingNode.getInstance() : behaviour;
        if (data.isArray()) {
            return StreamSupport.stream(data.spliterator(), false)
                    .map(Behaviour::read)
                    .toList();
        }
        return present(data) ? List.of(Behaviour.read(data)) : List.of();
    }

    private static boolean present(@Nullable JsonNode node) {
        return node != null && !node.isMissingNode() && !node.isNull();
    }

    private static String constant(String kebab) {
        return kebab.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
