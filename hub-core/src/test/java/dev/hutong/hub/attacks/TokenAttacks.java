package dev.hutong.hub.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.hub.Codes;

/** A hub whose issuers' tokens are attacked, with the honest ones to begin from. */
abstract class TokenAttacks extends RunningHub {
    static final String MALFORMED = "MALFORMED_CODE";
    static final String FORGED = "BAD_SIGNATURE";

    Forge guangdong() {
        return new Forge("YKM2:", "ykm+jwt", provinces.province(Codes.GUANGDONG).key());
    }

    Forge guangzhou() {
        return new Forge("SKM:", "skm+jwt", provinces.province(Codes.GUANGZHOU).key());
    }

    ObjectNode green() {
        return Codes.green(now);
    }

    /** The same claims, one of them, a number, written as this. */
    static String withRaw(String claims, String member, String value) {
        return claims.replaceAll("\"" + member + "\":[0-9]+", "\"" + member + "\":" + value);
    }
}
