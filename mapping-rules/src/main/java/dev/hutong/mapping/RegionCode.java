package dev.hutong.mapping;

import java.util.Objects;

/** A region by its six digits (GB/T 2260); {@code 000000} stands for the whole country. Whether it exists, {@link Regions} knows. */
public record RegionCode(String value) {
    public RegionCode {
        Objects.requireNonNull(value);
        if (!isSixDigits(value)) {
            throw new IllegalArgumentException("a region is six digits, not «" + value + "»");
        }
    }

    /** Whether {@code text} has the form of a region code: exactly six ASCII digits. */
    public static boolean isSixDigits(String text) {
        return text.length() == 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return value;
    }
}
