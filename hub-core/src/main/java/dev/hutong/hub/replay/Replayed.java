package dev.hutong.hub.replay;

import java.util.List;

/** What making a decision again came to. */
public sealed interface Replayed {
    /**
     * It comes out as it was decided.
     *
     * @param checked what was done again, for people
     */
    record Same(String checked) implements Replayed {}

    /** It does not: each place where. */
    record Differs(List<Difference> differences) implements Replayed {
        public Differs {
            differences = List.copyOf(differences);
        }
    }

    /** It cannot be made again with what is at hand; {@code why} says what is missing. */
    record Impossible(String why) implements Replayed {}
}
