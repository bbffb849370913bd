package dev.hutong.registry.jose;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** The two 256-bit prime curves y² = x³ + ax + b of the federation, with the arithmetic that admitting a key and a signature needs. */
final class WeierstrassCurve {
    /** NIST P-256, secp256r1 (SP 800-186). */
    static final WeierstrassCurve P256 = new WeierstrassCurve("secp256r1");

    /** The recommended curve of GB/T 32918.5-2017. */
    static final WeierstrassCurve SM2 = new WeierstrassCurve("sm2p256v1");

    /** Octets of a coordinate, of a private scalar and of each half of a signature. */
    static final int WIDTH = 32;

    private final ECDomainParameters domain;
    private final byte[] order;

    private WeierstrassCurve(String name) {
        X9ECParameters parameters = CustomNamedCurves.getByName(name);
        this.domain = new ECDomainParameters(parameters);
        this.order = fixedWidth(parameters.getN());
    }

    ECDomainParameters domain() {
        return domain;
    }

    /**
     * True where (x, y) is a finite point of the curve with both coordinates reduced. The curves have cofactor 1, so that any such
     * point is in the right group; the point at infinity has no affine coordinates and cannot be written.
     */
    boolean contains(byte[] x, byte[] y) {
        BigInteger p = domain.getCurve().getField().getCharacteristic();
        BigInteger bigX = new BigInteger(1, x);
        BigInteger bigY = new BigInteger(1, y);
        if (bigX.compareTo(p) >= 0 || bigY.compareTo(p) >= 0) {
            return false;
        }
        BigInteger a = domain.getCurve().getA().toBigInteger();
        BigInteger b = domain.getCurve().getB().toBigInteger();
        BigInteger right = bigX.multiply(bigX).add(a).multiply(bigX).add(b).mod(p);
        return bigY.multiply(bigY).mod(p).equals(right);
    }

    /** The point that a key's coordinates name; they were checked when the key was admitted. */
    ECPoint point(byte[] x, byte[] y) {
        return domain.getCurve().createPoint(new BigInteger(1, x), new BigInteger(1, y));
    }

    /** True where d is a private scalar of both schemes: 1 ≤ d ≤ n − 2, since SM2 needs 1 + d to have an inverse. */
    boolean isPrivateScalar(byte[] d) {
        BigInteger scalar = new BigInteger(1, d);
        return scalar.signum() > 0 && scalar.compareTo(domain.getN().subtract(BigInteger.TWO)) <= 0;
    }

    /** A private scalar, uniform in 1 … n − 2. */
    byte[] randomScalar(SecureRandom random) {
        return fixedWidth(
                BigIntegers.createRandomInRange(BigInteger.ONE, domain.getN().subtract(BigInteger.TWO), random));
    }

    /** The coordinates x ‖ y of d·G, 64 octets. */
    byte[] publicPoint(byte[] d) {
        ECPoint point = new FixedPointCombMultiplier()
                .multiply(domain.getG(), new BigInteger(1, d))
                .normalize();
        byte[] coordinates = Arrays.copyOf(point.getAffineXCoord().getEncoded(), 2 * WIDTH);
        System.arraycopy(point.getAffineYCoord().getEncoded(), 0, coordinates, WIDTH, WIDTH);
        return coordinates;
    }

    /**
     * True where the signature is exactly r ‖ s with 1 ≤ r, s ≤ n − 1. Providers have accepted the forgery r = s = 0 (CVE-2022-21449),
     * so this stands before every one of them.
     */
    boolean holdsSignature(byte[] signature) {
        return signature.length == 2 * WIDTH && isBelowOrder(signature, 0) && isBelowOrder(signature, WIDTH);
    }

    /** True where r + s = n, which the verification of SM2 must refuse (GB/T 32918.2-2016, 7.1, step B5: t = 0). */
    boolean halvesSumToOrder(byte[] signature) {
        BigInteger r = new BigInteger(1, signature, 0, WIDTH);
        BigInteger s = new BigInteger(1, signature, WIDTH, WIDTH);
        return r.add(s).equals(domain.getN());
    }

    private boolean isBelowOrder(byte[] signature, int from) {
        boolean zero = true;
        for (int i = from; i < from + WIDTH; i++) {
            zero &= signature[i] == 0;
        }
        return !zero && Arrays.compareUnsigned(signature, from, from + WIDTH, order, 0, WIDTH) < 0;
    }

    /** {@code BigInteger.toByteArray} gives 33 octets or fewer than 32 for one key in two: never publish those. */
    private static byte[] fixedWidth(BigInteger number) {
        return BigIntegers.asUnsignedByteArray(WIDTH, number);
    }
}
