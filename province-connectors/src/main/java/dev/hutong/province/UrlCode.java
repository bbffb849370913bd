package dev.hutong.province;

import java.nio.charset.StandardCharsets;

/**
 * The query and fragment of a scanned URL, as they stand: nothing is decoded, for what needs decoding is not the published shape.
 *
 * @param query what stands between {@code ?} and {@code #}
 * @param fragment what stands behind {@code #}, or empty
 */
record UrlCode(String query, String fragment) {

    static UrlCode parse(ScannedCode scanned) {
        String text = new String(scanned.withoutLineEnd(), StandardCharsets.ISO_8859_1);
        int queryStart = text.indexOf('?') + 1;
        int hash = text.indexOf('#', queryStart);
        return hash < 0
                ? new UrlCode(text.substring(queryStart), "")
                : new UrlCode(text.substring(queryStart, hash), text.substring(hash + 1));
    }

    /** The value of the first parameter of this name, or empty where there is none. */
    String parameter(String name) {
        String begin = name + "=";
        for (int start = 0, end; start <= query.length(); start = end + 1) {
            end = query.indexOf('&', start);
            end = end < 0 ? query.length() : end;
            if (query.startsWith(begin, start)) {
                return query.substring(start + begin.length(), end);
            }
        }
        return "";
    }

    /** How often a parameter {@code name=} stands anywhere in the query or fragment; twice where two codes were pasted together. */
    int occurrencesOf(String name) {
        String needle = name + "=";
        String all = query + "#" + fragment;
        int count = 0;
        for (int at = all.indexOf(needle); at >= 0; at = all.indexOf(needle, at + needle.length())) {
            if (at == 0 || !Character.isLetterOrDigit(all.charAt(at - 1))) {
                count++;
            }
        }
        return count;
    }
}
