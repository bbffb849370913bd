package dev.hutong.registry;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which addresses an issuer's platform may have. The hub connects to no others, and to these only because a registry event names
 * them: no address ever comes from a code.
 */
public final class PlatformRule {
    private static final Pattern LOOPBACK_V4 =
            Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");

    private PlatformRule() {}

    /** What is wrong with this address and what to write instead, or empty where it is allowed. */
    public static Optional<String> faultIn(URI platform) {
        String scheme = platform.getScheme() == null ? "" : platform.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return Optional.of("The platform's address must begin with https://");
        }
        if (!platform.toString().equals(platform.toASCIIString())) {
            return Optional.of(
                    "The platform's address holds letters beyond ASCII: write the host in punycode, the path in %-escapes");
        }
        // A registry-based authority (an underscore, a bad port) leaves the host null.
        if (platform.getHost() == null) {
            return Optional.of("The platform's address has no host that can be read: write https://host/path");
        }
        if (platform.getRawUserInfo() != null) {
            return Optional.of("The platform's address holds a user name: take away everything before the @");
        }
        if (platform.getRawQuery() != null || platform.getRawFragment() != null) {
            return Optional.of("The platform's address holds a query or a fragment: end it before the ? or #");
        }
        if (platform.getPort() == 0 || platform.getPort() > 65535) {
            return Optional.of("The platform's port must lie between 1 and 65535");
        }
        if (scheme.equals("http") && !isLoopback(platform.getHost())) {
            return Optional.of(
                    "Plain http is allowed on this machine only (127.0.0.0/8, ::1, localhost): use https://");
        }
        return Optional.empty();
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || LOOPBACK_V4.matcher(host).matches();
    }
}
