package dev.hutong.hub.telemetry;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The id of one request, by which its answer, its log lines and its trace are found again: 1 to {@value #LONGEST} of the characters
 * {@code A-Z a-z 0-9 . _ -}.
 */
public final class RequestId {
    /** The header that carries it, in requests and in answers. */
    public static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");

    static final int LONGEST = 64;

    private RequestId() {}

    /** The id that this answer carries; one is made for it where its request was refused before it had any. */
    public static String of(HttpServerResponse response) {
        String id = response.headers().get(HEADER);
        if (id != null) {
            return id;
        }
        String made = UUID.randomUUID().toString();
        response.putHeader(HEADER, made);
        return made;
    }

    /** The same as a URN, as it stands in problem documents. */
    public static String urn(HttpServerResponse response) {
        return "urn:hutong:request:" + of(response);
    }

    /**
     * Whether a client's id is taken over. One that is made of digits as phone and identity numbers are (11 to 18, the last perhaps an X) is
     * not, since ids stand in logs.
     */
    static boolean isTaken(@Nullable String id) {
        if (id == null || id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!isAllowed(id.charAt(i))) {
                return false;
            }
        }
        return !looksLikeSomebody(id);
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    private static boolean looksLikeSomebody(String id) {
        if (id.length() < 11 || id.length() > 18) {
            return false;
        }
        for (int i = 0; i < id.length() - 1; i++) {
            if (id.charAt(i) < '0' || id.charAt(i) > '9') {
                return false;
            }
        }
        char last = id.charAt(id.length() - 1);
        return (last >= '0' && last <= '9') || last == 'X' || last == 'x';
    }

    /** Makes ids that no two requests share, of one hub or of several. */
    static final class Maker {
        private final String prefix;
        private final AtomicLong made = new AtomicLong();

        Maker() {
            byte[] octets = new byte[8];
            new SecureRandom().nextBytes(octets);
            this.prefix = HexFormat.of().formatHex(octets) + "-";
        }

        String next() {
            return prefix + Long.toString(made.incrementAndGet(), Character.MAX_RADIX);
        }
    }
}
