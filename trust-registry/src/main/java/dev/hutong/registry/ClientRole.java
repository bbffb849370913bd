package dev.hutong.registry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which capacity a client may ask. A client may have several. */
public enum ClientRole {
    /** Asks what a code means: a gate, or the system behind many. */
    VERIFIER,
    /** Speaks for a platform that issues codes. */
    ISSUER,
    /** Runs a hub. */
    OPERATOR,
    /** Looks at how decisions came about. */
    AUDITOR;

    /** As it is written in documents, scopes and tokens. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role written so, or empty where there is none. */
    public static Optional<ClientRole> of(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
