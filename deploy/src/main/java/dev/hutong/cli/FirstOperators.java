package dev.hutong.cli;

import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.PublicJwk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Who approves at first: a mixin. */
final class FirstOperators {
    @Option(
            names = "--operator",
            paramLabel = "NAME=FILE",
            description = {
                "A first operator and its private key, a JWK; two or more of them.",
                "With --prepare its public one will do."
            })
    private List<String> operators = new ArrayList<>();

    /** An operator's name and key. */
    record Named<K>(String name, K key) {}

    boolean areGiven() {
        return !operators.isEmpty();
    }

    List<Named<PrivateJwk>> privateKeys() {
        return named().stream()
                .map(one -> new Named<>(one.name(), Arguments.privateKey("--operator", one.key())))
                .toList();
    }

    List<Named<PublicJwk>> publicKeys() {
        return named().stream()
                .map(one -> new Named<>(one.name(), Arguments.publicKey("--operator", one.key())))
                .toList();
    }

    private List<Named<Path>> named() {
        if (operators.size() < 2) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "A registry needs two operators or more: give each with --operator NAME=FILE.");
        }
        return operators.stream().map(FirstOperators::named).toList();
    }

    private static Named<Path> named(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw Arguments.usage("--operator", text, "is not NAME=FILE");
        }
        return new Named<>(text.substring(0, equals), Path.of(text.substring(equals + 1)));
    }
}
