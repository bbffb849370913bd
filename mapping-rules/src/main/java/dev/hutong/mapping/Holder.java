package dev.hutong.mapping;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whom claims are about, in the issuer's own terms: a pairwise pseudonym, or what little of a person the issuer tells. It lives for one
 * decision, is never written as it is, and its text says nothing.
 *
 * @param issuer in whose terms; one person has other names at another issuer
 * @param names the values of the claims that the format calls the holder's, in its order; empty texts for those that are absent
 */
public record Holder(IssuerName issuer, List<String> names) {
    public Holder {
        names = List.copyOf(names);
    }

    /**
     * One text for one holder, whatever the names hold: the issuer and each name as a netstring, {@code <octets>:<UTF-8>,}, end to end.
     */
    public byte[] canonical() {
        StringBuilder text = new StringBuilder(96);
        append(issuer.toString(), text);
        names.forEach(name -> append(name, text));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(String name, StringBuilder text) {
        text.append(name.getBytes(StandardCharsets.UTF_8).length)
                .append(':')
                .append(name)
                .append(',');
    }

    @Override
    public String toString() {
        return "a holder of " + issuer;
    }
}
