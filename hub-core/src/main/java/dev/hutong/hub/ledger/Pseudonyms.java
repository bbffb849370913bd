package dev.hutong.hub.ledger;

import dev.hutong.mapping.Holder;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * Keyed pseudonyms: HMAC-SM3 (GB/T 32905, RFC 2104) of a holder's canonical form with the key of the period that a decision falls into.
 * Within a period one holder of one issuer has one pseudonym; between periods nothing connects. Made by one thread; forgotten by any.
 */
final class Pseudonyms {
    private final PeriodKeys keys;
    private final byte[] mac = new byte[32];
    private volatile @Nullable Keyed latest;

    private record Keyed(String period, HMac mac) {}

    Pseudonyms(PeriodKeys keys) {
        this.keys = keys;
    }

    /** {@code <period>:<base64url>}; null where the period's key has been destroyed. */
    @Nullable
    String of(Holder holder, Instant at) throws IOException {
        Keyed keyed = keyed(keys.period().of(at));
        if (keyed == null) {
            return null;
        }
        byte[] canonical = holder.canonical();
        keyed.mac().update(canonical, 0, canonical.length);
        keyed.mac().doFinal(mac, 0);
        return keyed.period() + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    private @Nullable Keyed keyed(String period) throws IOException {
        Keyed known = latest;
        if (known != null && known.period().equals(period)) {
            return known;
        }
        byte[] key = keys.keyOf(period).orElse(null);
        if (key == null) {
            return null;
        }
        HMac fresh = new HMac(new SM3Digest());
        fresh.init(new KeyParameter(key));
        Keyed keyed = new Keyed(period, fresh);
        latest = keyed;
        return keyed;
    }

    /** Lets the key go that is held in memory, if it is this period's. */
    void forget(String period) {
        Keyed known = latest;
        if (known != null && known.period().equals(period)) {
            latest = null;
        }
    }
}
