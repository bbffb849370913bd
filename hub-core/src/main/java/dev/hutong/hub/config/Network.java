package dev.hutong.hub.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that begin alike (RFC 4632 §3.1).
 *
 * @param address any of them
 * @param prefix how many of its leading bits they share: 1 to all, 32 or 128
 */
public record Network(InetAddress address, int prefix) {
    public Network {
        if (prefix < 1 || prefix > Byte.SIZE * address.getAddress().length) {
            throw new IllegalArgumentException("prefix " + prefix);
        }
    }

    /** Reads an address, {@code 10.0.0.7}, or a network, {@code 10.0.0.0/8}, {@code 2001:db8::/32}; empty for anything else. */
    static Optional<Network> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2) {
            return Optional.empty();
        }
        return literal(parts[0]).flatMap(address -> {
            int bits = Byte.SIZE * address.getAddress().length;
            try {
                return Optional.of(new Network(address, parts.length == 1 ? bits : Integer.parseInt(parts[1])));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    /** The address that is written here; empty where it is none, and a name is none: nothing is looked up. */
    public static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether this address is one of them. */
    public boolean has(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
