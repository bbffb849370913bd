package dev.hutong.hub.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.hub.resolve.Decision;
import dev.hutong.mapping.translate.Loss;
import dev.hutong.mapping.translate.Target;
import java.util.List;

/** A decision, and what became of its translation. */
public sealed interface Translated {
    Decision decision();

    /** The target, whether or not it was reached. */
    Target target();

    /**
     * It was written and signed.
     *
     * @param claims what the token carries
     * @param token a compact JWS by the hub's key
     */
    record Signed(Decision decision, Target target, ObjectNode claims, List<Loss> losses, String token)
            implements Translated {}

    /** Nothing was signed. */
    record Refused(Decision decision, Target target, Loss loss) implements Translated {}
}
