package dev.hutong.conformance.jose;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/**
 * A pair (r, s) over a 256-bit curve and its two encodings: raw {@code r‖s} of 64 bytes, which JWS wants (RFC 7518 §3.4), and DER, which SM2 libraries produce.
 *
 * <p>Integers are fixed width: {@code BigInteger.toByteArray} gives 33 bytes for every second number and fewer than 32 for some.
 */
record EcSignature(BigInteger r, BigInteger s) {
    static final int COORDINATE_BYTES = 32;
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    /** Reads raw r‖s; {@code raw} must be 64 bytes. */
    static EcSignature fromRaw(byte[] raw) {
        if (raw.length != 2 * COORDINATE_BYTES) {
            throw new IllegalArgumentException("a raw signature has 64 bytes, not " + raw.length);
        }
        return new EcSignature(
                new BigInteger(1, raw, 0, COORDINATE_BYTES),
                new BigInteger(1, raw, COORDINATE_BYTES, COORDINATE_BYTES));
    }

    /** Reads a DER {@code SEQUENCE} of two integers with short-form lengths, which 256-bit numbers never exceed. */
    static EcSignature fromDer(byte[] der) {
        if (der.length < 8 || der[0] != SEQUENCE || der[1] != der.length - 2 || der[2] != INTEGER) {
            throw new IllegalArgumentException("not a DER sequence of two integers");
        }
        int rLength = der[3];
        int sTag = 4 + rLength;
        if (rLength < 1 || sTag + 2 > der.length || der[sTag] != INTEGER || sTag + 2 + der[sTag + 1] != der.length) {
            throw new IllegalArgumentException("not a DER sequence of two integers");
        }
        return new EcSignature(new BigInteger(der, 4, rLength), new BigInteger(der, sTag + 2, der[sTag + 1]));
    }

    byte[] raw() {
        byte[] raw = new byte[2 * COORDINATE_BYTES];
        System.arraycopy(fixedWidth(r), 0, raw, 0, COORDINATE_BYTES);
        System.arraycopy(fixedWidth(s), 0, raw, COORDINATE_BYTES, COORDINATE_BYTES);
        return raw;
    }

    byte[] der() {
        byte[] first = r.toByteArray();
        byte[] second = s.toByteArray();
        var der = new ByteArrayOutputStream();
        der.write(SEQUENCE);
        der.write(4 + first.length + second.length);
        der.write(INTEGER);
        der.write(first.length);
        der.writeBytes(first);
        der.write(INTEGER);
        der.write(second.length);
        der.writeBytes(second);
        return der.toByteArray();
    }

    /** A non-negative number of at most 256 bits as exactly 32 bytes, big-endian. */
    static byte[] fixedWidth(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > 8 * COORDINATE_BYTES) {
            throw new IllegalArgumentException("not a number of 256 bits");
        }
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int taken = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - taken, fixed, COORDINATE_BYTES - taken, taken);
        return fixed;
    }
}
