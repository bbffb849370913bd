package dev.hutong.registry.tlog;

import java.util.regex.Matcher;

/**
 * Where a log serves a tile, from its prefix on (C2SP tlog-tiles, "Merkle Tree" and "Log entries"):
 * {@code tile/<L>/<N>[.p/<W>]} or {@code tile/entries/<N>[.p/<W>]}.
 */
public sealed interface TilePath {
    /** Hashes or entries in a full tile, whose path names no width. */
    int FULL_WIDTH = 256;

    /** The index of the tile in its level, from 0. */
    long index();

    /** How many hashes or entries the tile has, 1 to {@value #FULL_WIDTH}. */
    int width();

    /**
     * A tile of hashes.
     *
     * @param level 0 to 63
     * @param index 0 to 10^18 − 1
     * @param width 1 to 256
     */
    record OfHashes(int level, long index, int width) implements TilePath {
        private static final int MAX_LEVEL = 63;

        /** @throws IllegalArgumentException if a number is out of its range */
        public OfHashes {
            if (level < 0 || level > MAX_LEVEL) {
                throw new IllegalArgumentException("A tile's level is 0 to " + MAX_LEVEL + ", not " + level);
            }
            TileIndex.check(index, width);
        }

        @Override
        public String toString() {
            return "tile/" + level + "/" + TileIndex.text(index, width);
        }
    }

    /**
     * A bundle of entries.
     *
     * @param index 0 to 10^18 − 1
     * @param width 1 to 256
     */
    record OfEntries(long index, int width) implements TilePath {
        /** @throws IllegalArgumentException if a number is out of its range */
        public OfEntries {
            TileIndex.check(index, width);
        }

        @Override
        public String toString() {
            return "tile/entries/" + TileIndex.text(index, width);
        }
    }

    /** The tile at this path, which begins with {@code tile/} and is in its one spelling. */
    static Parsed<TilePath> parse(String path) {
        Matcher matcher = TileIndex.PATH.matcher(path);
        if (!matcher.matches()) {
            return Parsed.malformed(
                    "a tile is at tile/<level>/<index>[.p/<width>] or tile/entries/<index>[.p/<width>]");
        }
        String level = matcher.group("level");
        long index = TileIndex.number(matcher.group("index"));
        int width = matcher.group("width") == null ? FULL_WIDTH : Integer.parseInt(matcher.group("width"));
        if (width < 1 || (width >= FULL_WIDTH && matcher.group("width") != null)) {
            return Parsed.malformed("the width of a partial tile is 1 to 255");
        }
        if (level != null && Integer.parseInt(level) > OfHashes.MAX_LEVEL) {
            return Parsed.malformed("the level of a tile is 0 to " + OfHashes.MAX_LEVEL);
        }
        TilePath tile =
                level == null ? new OfEntries(index, width) : new OfHashes(Integer.parseInt(level), index, width);
        return tile.toString().equals(path)
                ? Parsed.valid(tile)
                : Parsed.malformed("the path must be " + tile + ", in this spelling");
    }
}
