package dev.hutong.registry;

import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A private key in a file of its own: a JWK, readable by its owner only. */
public final class KeyFile {
    private KeyFile() {}

    /** What a file was read as. */
    public sealed interface Reading {
        /** The key in it. */
        record Key(PrivateJwk key) implements Reading {}

        /** It holds no such key; {@code why} says what it holds, without any secret. */
        record NoKey(String why) implements Reading {}
    }

    /** The key in this file, of whatever algorithm. */
    public static Reading load(Path file) {
        try {
            return switch (PrivateJwk.parse(Files.readAllBytes(file))) {
                case KeyAdmission.Admitted<PrivateJwk>(PrivateJwk key) -> new Reading.Key(key);
                case KeyAdmission.Refused<PrivateJwk> refused ->
                    new Reading.NoKey(file + " is no private key: " + refused.explanation());
            };
        } catch (NoSuchFileException e) {
            return new Reading.NoKey("There is no file " + file + ".");
        } catch (IOException e) {
            return new Reading.NoKey(file + " cannot be read (" + e + "): give this user access to it.");
        }
    }

    /** The key in this file, which must have this algorithm; made where the file is missing. */
    public static Reading loadOrMake(Path file, SignatureAlgorithm algorithm) {
        if (Files.notExists(file)) {
            try {
                return new Reading.Key(make(file, algorithm));
            } catch (IOException e) {
                return new Reading.NoKey(file + " cannot be written (" + e + "): give this user access to its folder.");
            }
        }
        return switch (load(file)) {
            case Reading.Key(PrivateJwk key)
            when key.publicJwk().algorithm() != algorithm ->
                new Reading.NoKey(file + " holds an "
                        + key.publicJwk().algorithm().jose() + " key, not an " + algorithm.jose() + " one.");
            case Reading reading -> reading;
        };
    }

    private static PrivateJwk make(Path file, SignatureAlgorithm algorithm) throws IOException {
        PrivateJwk key = PrivateJwk.generate(algorithm, new SecureRandom());
        DurableFile.replace(file, (key.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
        return key;
    }
}
