package dev.hutong.registry.proposal;

import dev.hutong.registry.IssuerId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An issuer's name in OpenID Federation 1.0: an address below that of the hub which is its trust anchor.
 *
 * @param anchor the hub's own entity id, its public URL
 * @param issuer whose name it is
 */
public record EntityId(String anchor, IssuerId issuer) {
    private static final String PATH = "/federation/issuers/";
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    /** The name that this text is, or empty where it is none. Compared letter by letter, as entity ids are. */
    public static Optional<EntityId> parse(String text) {
        int path = text.lastIndexOf(PATH);
        if (path < 0 || faultInAnchor(text.substring(0, path)).isPresent()) {
            return Optional.empty();
        }
        return IssuerId.parse(text.substring(path + PATH.length()))
                .map(issuer -> new EntityId(text.substring(0, path), issuer));
    }

    /** What is wrong with this URL as a trust anchor's entity id, or empty where it can be one. */
    public static Optional<String> faultInAnchor(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException malformed) {
            return Optional.of("is not a URL: " + malformed.getReason());
        }
        boolean secure = "https".equals(url.getScheme());
        if (!secure && !"http".equals(url.getScheme())) {
            return Optional.of("must begin with https://");
        }
        if (url.getHost() == null || !url.getHost().equals(url.getHost().toLowerCase(Locale.ROOT))) {
            return Optional.of("has no host that can be read: write https://host, the host in lower case");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            return Optional.of("holds a user name, a query or a fragment: leave it out");
        }
        if (text.endsWith("/") || !text.equals(url.toASCIIString())) {
            return Optional.of("must be ASCII without a slash at its end");
        }
        if (!secure && !isLoopback(url.getHost())) {
            return Optional.of("is plain http, which is allowed on this machine only (127.0.0.0/8, ::1, localhost)");
        }
        return Optional.empty();
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || LOOPBACK_V4.matcher(host).matches();
    }

    /** The whole URL. */
    public String value() {
        return anchor + PATH + issuer;
    }

    @Override
    public String toString() {
        return value();
    }
}
