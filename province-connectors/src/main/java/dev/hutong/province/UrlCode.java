package dev.hutong.province;

import java.nio.charset.StandardCharsets;

/**
 * The query and fragment of a scanned URL, as they stand: nothing is decoded, for what needs decoding is not the published shape.
 *
 * @param text the whole URL, Latin-1
 * @param queryStart where the query begins, behind {@code ?}
 * @param queryEnd where it ends: at {@code #}, or with the text
 */
record UrlCode(String text, int queryStart, int queryEnd) {

    static UrlCode parse(ScannedCode scanned) {
        String text = new String(scanned.withoutLineEnd(), StandardCharsets.ISO_8859_1);
        int queryStart = text.indexOf('?') + 1;
        int hash = text.indexOf('#', queryStart);
        return new UrlCode(text, queryStart, hash < 0 ? text.length() : hash);
    }

    /** The value of the first parameter of this name, or empty where there is none. */
    String parameter(String name) {
        for (int start = queryStart, end; start <= queryEnd; start = end + 1) {
            int separator = text.indexOf('&', start, queryEnd);
            end = separator < 0 ? queryEnd : separator;
            int equals = start + name.length();
            if (equals < end && isNamed(name, start)) {
                return text.substring(equals + 1, end);
            }
        }
        return "";
    }

    /** How often a parameter {@code name=} stands anywhere in the query or fragment; twice where two codes were pasted together. */
    int occurrencesOf(String name) {
        int count = 0;
        for (int at = text.indexOf(name, queryStart); at >= 0; at = text.indexOf(name, at + 1)) {
            if (isNamed(name, at) && !Character.isLetterOrDigit(text.charAt(at - 1))) {
                count++;
            }
        }
        return count;
    }

    /** What stands behind {@code #}, or empty. */
    String fragment() {
        return queryEnd == text.length() ? "" : text.substring(queryEnd + 1);
    }

    private boolean isNamed(String name, int at) {
        int equals = at + name.length();
        return text.startsWith(name, at) && equals < text.length() && text.charAt(equals) == '=';
    }
}
