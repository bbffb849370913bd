package dev.hutong.mapping.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a translation came to. */
public sealed interface Translation {
    /**
     * It can be said, and signed.
     *
     * @param claims the target's native claims, as its token carries them
     * @param losses what of the decision they do not say, or say for the worse
     */
    record Written(ObjectNode claims, List<Loss> losses) implements Translation {
        public Written {
            claims = claims.deepCopy();
            losses = List.copyOf(losses);
        }

        /** A copy, which may be added to. */
        @Override
        public ObjectNode claims() {
            return claims.deepCopy();
        }
    }

    /**
     * Nothing is written, and nothing may be signed.
     *
     * @param loss what cannot be said, without which the rest would say more than is known
     */
    record Refused(Loss loss) implements Translation {}
}
