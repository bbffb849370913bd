package dev.hutong.hub.warmup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.rules.RulesPackage;
import dev.hutong.mapping.Yaml;
import dev.hutong.mapping.format.Envelope;
import dev.hutong.mapping.format.Examples;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.Recognition;
import dev.hutong.registry.History;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.IssuerStanding;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.KeyStanding;
import dev.hutong.registry.KeyUse;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.MerkleTree;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Codes of nobody's: of each format that verifies offline, the first example of its package that comes to a statement, signed by a key made
 * now; and a registry that knows these keys and nothing else.
 */
final class SyntheticCodes {
    private final SignatureProviders providers;
    private final SecureRandom random = new SecureRandom();
    private final List<Code> codes = new ArrayList<>();
    private final List<RegisteredIssuer> issuers = new ArrayList<>();

    /**
     * A request about a code.
     *
     * @param at the instant at which the example stands
     */
    record Code(Instant at, Buffer request) {}

    private SyntheticCodes(SignatureProviders providers) {
        this.providers = providers;
    }

    static SyntheticCodes of(List<RulesPackage> packages, SignatureProviders providers) {
        SyntheticCodes made = new SyntheticCodes(providers);
        packages.forEach(made::add);
        return made;
    }

    List<Code> codes() {
        return codes;
    }

    /** The registry that they verify with. */
    RegistrySnapshot registry() {
        return RegistrySnapshot.takenOver(MerkleTree.empty().checkpoint(), Instant.EPOCH, issuers);
    }

    private void add(RulesPackage one) {
        FormatPackage format = one.format();
        byte[] file = one.content().pathToFile().get(Examples.FILE);
        Optional<Recognition.Text> text = format.recognitions().stream()
                .flatMap(way -> way instanceof Recognition.Text found && found.digits() == null
                        ? Optional.of(found).stream()
                        : Optional.<Recognition.Text>empty().stream())
                .findFirst();
        if (file == null || text.isEmpty() || !(format.envelope() instanceof Envelope.SignedText)) {
            return;
        }
        Examples examples = read(file);
        examples.map().stream()
                .filter(example -> example.gives().statements() != null)
                .findFirst()
                .ifPresent(example -> {
                    PrivateJwk key = PrivateJwk.generate(algorithm(format), random);
                    issuers.add(issuer(format, key.publicJwk()));
                    String token = new CompactJwsSigner(key, providers)
                            .sign(format.envelope().statementToken().typ(), examples.payload(example));
                    codes.add(new Code(
                            Instant.parse(example.now()),
                            request(text.get().prefix() + token + text.get().ending())));
                });
    }

    private static Buffer request(String code) {
        return new JsonObject().put("code", code).toBuffer();
    }

    private static SignatureAlgorithm algorithm(FormatPackage format) {
        return Arrays.stream(SignatureAlgorithm.values())
                .filter(one -> format.envelope().statementToken().admits(one.jose()))
                .findFirst()
                .orElseThrow();
    }

    private RegisteredIssuer issuer(FormatPackage format, PublicJwk key) {
        IssuerStanding standing =
                new IssuerStanding(IssuerStanding.Status.REGISTERED, Optional.empty(), Optional.empty(), "warm-up");
        return new RegisteredIssuer(
                new IssuerId(format.issuer().toString()),
                "warm-up",
                Optional.empty(),
                Optional.empty(),
                List.of(registered(key)),
                List.of(),
                new History<>(standing, Instant.EPOCH, 0, null));
    }

    private RegisteredKey registered(PublicJwk key) {
        return new RegisteredKey(
                KeyId.of(key),
                key,
                providers.verifier(key),
                new KeyUse(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "warm-up",
                new History<>(new KeyStanding(false, Optional.empty(), "warm-up"), Instant.EPOCH, 0, null));
    }

    private static Examples read(byte[] file) {
        try {
            return Examples.of(Yaml.read(file, JsonNode.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
