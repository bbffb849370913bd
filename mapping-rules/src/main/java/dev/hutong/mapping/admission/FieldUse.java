package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Claims that are declared, and that nothing in the package uses. */
final class FieldUse {
    /** What the envelope itself rests on. */
    private static final Set<String> ENVELOPE = Set.of("iss", "iat", "exp", "requestId", "inputHash");

    private FieldUse() {}

    static List<Finding> findings(Subject subject) {
        Set<String> named = new HashSet<>();
        collectNamed(subject.document(), named);
        for (ExpressionSite site : ExpressionSite.of(subject.document())) {
            ExpressionTree.of(site.source()).ifPresent(tree -> named.addAll(tree.names()));
        }
        List<Finding> findings = new ArrayList<>();
        for (JsonPointer claims : subject.claims()) {
            for (ClaimPlace place : ClaimPlace.under(claims, subject.document())) {
                boolean isUsed = named.contains(place.path())
                        || ENVELOPE.contains(place.path())
                        || place.declaration().has("oneOf");
                if (place.isScalar() && !isUsed && !place.declaration().has("unused")) {
                    findings.add(
                            subject.error(
                                    Check.FIELDS,
                                    place.declaredAt(),
                                    "«" + place.path() + "» is declared, and nothing uses it",
                                    "Use it, leave it out (claims that are not declared are ignored), or say why it is there: «unused: why»."));
                }
            }
        }
        return findings;
    }

    /** Every text outside the declarations themselves: a claim is named by its path. */
    private static void collectNamed(JsonNode node, Set<String> named) {
        node.properties().stream()
                .filter(member -> !member.getKey().equals("claims"))
                .forEach(member -> collectNamed(member.getValue(), named));
        if (node.isArray()) {
            node.forEach(item -> collectNamed(item, named));
        }
        if (node.isTextual()) {
            named.add(node.textValue());
        }
    }
}
