package dev.hutong.mapping.translate;

import org.jspecify.annotations.Nullable;

/**
 * Something that another format cannot say, or not as precisely.
 *
 * @param field what it is about: a member of a decision or of a statement, such as {@code risk} or {@code evidence.pcr}
 * @param from as it was
 * @param to as it is said now, or null where it is not said at all
 * @param why for people
 */
public record Loss(
        String field, @Nullable String from, @Nullable String to, String why) {
    static Loss of(String field, @Nullable Object from, @Nullable Object to, String why) {
        return new Loss(field, from == null ? null : from.toString(), to == null ? null : to.toString(), why);
    }
}
