package dev.hutong.registry.tlog;

import java.util.Locale;
import java.util.regex.Pattern;

/** The last part of a tile's path, {@code <N>[.p/<W>]}: the index in groups of three digits, then the width of a partial tile. */
final class TileIndex {
    /** A whole path, before its numbers are known to be in range and in their one spelling. Six groups of digits are below 2^63. */
    static final Pattern PATH = Pattern.compile("tile/(?:entries|(?<level>[0-9]{1,2}))"
            + "/(?<index>(?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/(?<width>[0-9]{1,3}))?");

    private static final long MAX = 999_999_999_999_999_999L;
    private static final int GROUP = 1000;

    private TileIndex() {}

    static void check(long index, int width) {
        if (index < 0 || index > MAX || width < 1 || width > TilePath.FULL_WIDTH) {
            throw new IllegalArgumentException("No tile has the index " + index + " and the width " + width);
        }
    }

    static String text(long index, int width) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%03d", index % GROUP));
        for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
            text.insert(0, String.format(Locale.ROOT, "x%03d/", rest % GROUP));
        }
        return width == TilePath.FULL_WIDTH
                ? text.toString()
                : text.append(".p/").append(width).toString();
    }

    /** The number that an index of {@link #PATH} is. */
    static long number(String index) {
        return Long.parseLong(index.replace("/", "").replace("x", ""));
    }
}
