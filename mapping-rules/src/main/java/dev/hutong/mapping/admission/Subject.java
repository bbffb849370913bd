package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.format.Examples;
import dev.hutong.mapping.format.FormatPackage;
import java.util.ArrayList;
import java.util.List;

/**
 * A package that compiles, with its examples: what the later checks look at.
 *
 * @param source its {@code format.yaml}
 * @param examplesSource its {@code examples.yaml}
 * @param format compiled
 * @param examples as they are written
 * @param signed its {@code map} examples, ready to be run
 */
record Subject(
        SourceFile source,
        SourceFile examplesSource,
        FormatPackage format,
        Examples examples,
        List<SignedExample> signed) {

    JsonNode document() {
        return source.tree();
    }

    /** Where each token's claims are declared; that of the token that carries the status is the last. */
    List<JsonPointer> claims() {
        JsonPointer open = JsonPointer.compile("/open");
        List<JsonPointer> claims = new ArrayList<>();
        document().at(open).properties().forEach(kind -> {
            JsonPointer at = open.appendProperty(kind.getKey());
            if (kind.getValue().isObject()) {
                claims.addFirst(at.appendProperty("claims"));
            }
            for (int step = 0; step < kind.getValue().size() && kind.getValue().isArray(); step++) {
                claims.add(at.appendIndex(step).appendProperty("answer").appendProperty("claims"));
            }
        });
        return claims;
    }

    /** The claims of the token that carries the status. */
    List<ClaimPlace> places() {
        return ClaimPlace.under(claims().getLast(), document());
    }

    Finding error(Check check, JsonPointer at, String message, String remedy) {
        return new Finding(check, Finding.Severity.ERROR, source.name(), source.line(at), message, remedy);
    }

    Finding warning(Check check, JsonPointer at, String message, String remedy) {
        return new Finding(check, Finding.Severity.WARN, source.name(), source.line(at), message, remedy);
    }
}
