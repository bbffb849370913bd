package dev.hutong.mapping.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members a token's payload must and may have, and their types. Members that the schema does not name are ignored; a value of
 * another type than the schema's is a fault of the token, a value outside its table is not (that is found out when mapping).
 */
public final class ClaimSchema {

    /**
     * One member.
     *
     * @param name its name in the JSON object
     * @param path the name rules know it by
     * @param absent what a rule sees where it is missing; null for objects and lists
     * @param table the values it may have, or empty where any will do
     * @param longest how many items a list may have
     * @param members the members of an object, or of each object in a list
     */
    private record Member(
            String name,
            String path,
            ClaimKind kind,
            boolean optional,
            boolean nullable,
            @Nullable Object absent,
            Set<String> table,
            int longest,
            @Nullable ClaimSchema members) {}

    /** How many items a list has at most, unless its claim declares another number. */
    static final int LONGEST_LIST = 64;

    /** The greatest number that a claim may declare. */
    static final int LONGEST_DECLARED = 1_024;

    private final List<Member> members;

    private ClaimSchema(List<Member> members) {
        this.members = List.copyOf(members);
    }

    /** Compiles the {@code claims} of a package. */
    static ClaimSchema of(Map<String, FormatDocument.Claim> claims) {
        return of("", claims);
    }

    private static ClaimSchema of(String prefix, Map<String, FormatDocument.Claim> claims) {
        List<Member> members = new ArrayList<>();
        claims.forEach((name, claim) -> {
            String path = prefix + name;
            String below = claim.as() != null ? claim.as() : path;
            boolean nests = !claim.type().isScalar();
            if (nests == claim.members().isEmpty()) {
                throw new InvalidPackageException(
                        "claims: " + path + ": objects and lists need «members», other types must not have them");
            }
            members.add(new Member(
                    name,
                    path,
                    claim.type(),
                    claim.optional(),
                    claim.nullable(),
                    absent(path, claim),
                    Set.copyOf(claim.oneOf()),
                    longest(path, claim),
                    nests ? of(below + ".", claim.members()) : null));
        });
        return new ClaimSchema(members);
    }

    /** The scalars a rule may name, by path, with their kinds; those inside lists under the name the list is given by {@code as}. */
    Map<String, ClaimKind> scalars() {
        Map<String, ClaimKind> scalars = new LinkedHashMap<>();
        for (Member member : members) {
            if (member.members == null) {
                scalars.put(member.path, member.kind);
            } else {
                scalars.putAll(member.members.scalars());
            }
        }
        return scalars;
    }

    private static int longest(String path, FormatDocument.Claim claim) {
        Integer declared = claim.longest();
        if (declared == null) {
            return LONGEST_LIST;
        }
        if (claim.type() != ClaimKind.LIST || declared < 1 || declared > LONGEST_DECLARED) {
            throw new InvalidPackageException(
                    "claims: " + path + ": «longest» is for the type list, from 1 to " + LONGEST_DECLARED);
        }
        return declared;
    }

    private static @Nullable Object absent(String path, FormatDocument.Claim claim) {
        if (claim.absent() != null && claim.type() != ClaimKind.BOOLEAN) {
            throw new InvalidPackageException("claims: " + path + ": «absent» is for the type boolean");
        }
        return claim.absent() != null
                ? claim.absent()
                : claim.type().isScalar() ? claim.type().absent() : null;
    }

    /** What a rule sees of each scalar that is missing, by path. */
    Map<String, Object> absentValues() {
        Map<String, Object> values = new HashMap<>();
        for (Member member : members) {
            if (member.members != null) {
                values.putAll(member.members.absentValues());
            } else if (member.absent != null) {
                values.put(member.path, member.absent);
            }
        }
        return Map.copyOf(values);
    }

    /** Whether a payload must have this member, of this kind. */
    boolean requires(String name, ClaimKind kind) {
        return members.stream().anyMatch(member -> member.name.equals(name) && member.kind == kind && !member.optional);
    }

    /** The lists, by path. */
    Set<String> lists() {
        Set<String> lists = new HashSet<>();
        for (Member member : members) {
            if (member.members != null) {
                lists.addAll(member.members.lists());
            }
            if (member.kind == ClaimKind.LIST) {
                lists.add(member.path);
            }
        }
        return lists;
    }

    /**
     * A payload that holds these values by the paths rules know them by; of a list, one entry. The inverse of {@link #read}.
     *
     * @param pathToValue each an {@link java.time.Instant} or a text; what is no scalar of this schema, or cannot be held, is left out
     */
    ObjectNode write(Map<String, Object> pathToValue) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Member member : members) {
            if (member.members == null) {
                Object value = pathToValue.get(member.path);
                JsonNode node = value == null ? null : member.kind.write(value);
                if (node != null) {
                    object.set(member.name, node);
                }
            } else {
                ObjectNode below = member.members.write(pathToValue);
                if (!below.isEmpty()) {
                    object.set(
                            member.name,
                            member.kind == ClaimKind.LIST
                                    ? JsonNodeFactory.instance.arrayNode().add(below)
                                    : below);
                }
            }
        }
        return object;
    }

    /** Reads a payload. Refused as MALFORMED_CODE where a claim is missing or of another type, with the claim's path. */
    public Outcome<Claims> read(JsonNode payload) {
        if (!payload.isObject()) {
            return Outcome.refused(Reason.MALFORMED_CODE, "the payload is not a JSON object");
        }
        Claims.Builder claims = new Claims.Builder();
        String fault = read(payload, claims);
        return fault == null ? Outcome.passed(claims.build()) : Outcome.refused(Reason.MALFORMED_CODE, fault);
    }

    private @Nullable String read(JsonNode object, Claims.Builder claims) {
        for (Member member : members) {
            JsonNode node = object.get(member.name);
            if (node == null || (node.isNull() && member.nullable)) {
                if (!member.optional) {
                    return member.path + " is missing";
                }
            } else {
                String fault = read(member, node, claims);
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }

    private static @Nullable String read(Member member, JsonNode node, Claims.Builder claims) {
        ClaimSchema nested = member.members;
        if (nested == null) {
            Object value = member.kind.read(node);
            if (value == null) {
                return member.path + " is not of type " + member.kind.name().toLowerCase(Locale.ROOT);
            }
            claims.put(member.path, value);
            if (!member.table.isEmpty() && !member.table.contains(value.toString())) {
                claims.outsideTable();
            }
            return null;
        }
        if (member.kind == ClaimKind.OBJECT) {
            return node.isObject() ? nested.read(node, claims) : member.path + " is not an object";
        }
        if (!node.isArray()) {
            return member.path + " is not a list";
        }
        if (node.size() > member.longest) {
            return member.path + " has more than " + member.longest + " items";
        }
        List<Claims> items = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            if (!item.isObject()) {
                return member.path + " holds what is not an object";
            }
            Claims.Builder below = new Claims.Builder();
            String fault = nested.read(item, below);
            if (fault != null) {
                return fault;
            }
            items.add(below.build());
        }
        claims.put(member.path, items);
        return null;
    }
}
