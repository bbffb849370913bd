package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.snapshot.Held;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By which key a client knows a hub: given, known by its thumbprint, noted at an earlier visit, or taken on the first. A mixin. */
final class TrustedHub {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The hub's public key, a JWK that its operator gave you; also to go over to a new one.")
    private @Nullable Path key;

    @Option(
            names = "--pin",
            paramLabel = "KID",
            description =
                    "The thumbprint of the hub's key, where you have only that; the key itself comes from the hub.")
    private @Nullable String pin;

    /**
     * The key that the hub must sign with.
     *
     * @param held what was noted at earlier visits
     * @param where it was noted, for people
     */
    PublicJwk key(HubConnection hub, Optional<Held> held, String where, PrintWriter out) throws InterruptedException {
        if (key != null && pin != null) {
            throw new CommandFailure(ExitCodes.USAGE, "Give --key or --pin, not both.");
        }
        if (pin != null) {
            Arguments.kid("--pin", pin);
        }
        if (key != null) {
            return fromFile(key);
        }
        if (held.isPresent() && pin != null && !pin.equals(held.get().hubKey().kid())) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "--pin: " + where + " holds the registry of a hub with the key "
                            + held.get().hubKey().kid() + ": to go over to another, give it with --key.");
        }
        return held.isPresent() ? held.get().hubKey() : firstKey(hub, out);
    }

    /** The public key in this file. */
    static PublicJwk fromFile(Path file) {
        return admitted("--key: " + file, PublicJwk.parse(octets(file)));
    }

    private static byte[] octets(Path key) {
        try {
            return Files.readAllBytes(key);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "--key: " + key + " cannot be read (" + e + "): give the file with the hub's public key.");
        }
    }

    /** Trust on first use, unless the thumbprint is known. */
    private PublicJwk firstKey(HubConnection hub, PrintWriter out) throws InterruptedException {
        HubConnection.Answer answer = hub.get("/.well-known/jwks.json").orFail();
        for (JsonNode jwk : answer.json().path("keys")) {
            if (pin == null) {
                PublicJwk first = admitted("The hub's key", PublicJwk.parse(jwk));
                out.printf(
                        "First visit: taking the hub's word that its key is %s. Compare that with its operator, or give --key or --pin.%n",
                        first.kid());
                return first;
            }
            if (pin.equals(jwk.path("kid").textValue())) {
                return admitted("The hub's key", PublicJwk.parse(jwk));
            }
        }
        throw new CommandFailure(
                ExitCodes.FAILED,
                pin == null
                        ? "The hub has no key to verify with."
                        : "--pin: the hub has no key " + pin + ": it is another hub, or it has a new key.");
    }

    private static PublicJwk admitted(String what, KeyAdmission<PublicJwk> admission) {
        return switch (admission) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk admitted) -> admitted;
            case KeyAdmission.Refused<PublicJwk> refused ->
                throw new CommandFailure(ExitCodes.FAILED, what + ": " + refused.explanation());
        };
    }
}
