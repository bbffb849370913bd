package dev.hutong.registry;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether a token is what an issuer signed with a key that was good for it. */
public sealed interface Authentication {
    /** It is; {@code key} signed it. */
    record Authenticated(RegisteredKey key) implements Authentication {}

    /** It is not, or not any more. */
    record Rejected(Rejection why) implements Authentication {
        private static final Map<Rejection, Rejected> MADE = Arrays.stream(Rejection.values())
                .collect(Collectors.toMap(
                        Function.identity(), Rejected::new, (one, _) -> one, () -> new EnumMap<>(Rejection.class)));

        /** The one for this ground, made once: a flood of bad tokens makes no garbage here. */
        static Rejected of(Rejection why) {
            return Objects.requireNonNull(MADE.get(why));
        }
    }
}
