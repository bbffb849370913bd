package dev.hutong.hub.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads Content-Type and Accept as strangers write them: never throws, and what cannot be read counts for nothing. */
final class MediaTypes {
    static final String JSON = "application/json";
    /** A JWS in one of its JSON serializations (RFC 7515 §9.2.1). */
    static final String JOSE_JSON = "application/jose+json";

    static final String FORM = "application/x-www-form-urlencoded";
    /** JSON texts, one a line (github.com/ndjson/ndjson-spec). */
    static final String NDJSON = "application/x-ndjson";

    static final String JWT = "application/jwt";
    static final String JWK_SET = "application/jwk-set+json";

    private MediaTypes() {}

    /** The media type of a Content-Type, in lower case and without its parameters; empty where there is none. */
    static String of(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether an Accept names {@code wanted} and gives it no less weight than {@code otherwise} (RFC 9110 §12.5.1).
     *
     * @param accept the header, or null
     */
    static boolean prefers(@Nullable String accept, String wanted, String otherwise) {
        if (accept == null || !accept.toLowerCase(Locale.ROOT).contains(wanted)) {
            return false;
        }
        String[] ranges = accept.split(",", -1);
        float weight = weight(wanted, ranges);
        return weight > 0 && weight >= weight(otherwise, ranges);
    }

    /** What the most specific of the ranges gives a media type; 0 where none covers it. */
    private static float weight(String mediaType, String[] ranges) {
        String anySubtype = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
        for (String covering : new String[] {mediaType, anySubtype, "*/*"}) {
            for (String range : ranges) {
                if (of(range).equals(covering)) {
                    return quality(range);
                }
            }
        }
        return 0;
    }

    private static float quality(String range) {
        for (String parameter : range.split(";", -1)) {
            String stripped = parameter.strip().toLowerCase(Locale.ROOT);
            if (stripped.startsWith("q=")) {
                return decimal(stripped.substring(2).strip());
            }
        }
        return 1;
    }

    private static float decimal(String text) {
        return text.matches("[01](\\.[0-9]{0,3})?") ? Math.min(1, Float.parseFloat(text)) : 0;
    }
}
