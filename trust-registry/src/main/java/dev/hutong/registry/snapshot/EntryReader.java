package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.History;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.IssuerStanding;
import dev.hutong.registry.IssuerStanding.Status;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.KeyStanding;
import dev.hutong.registry.KeyUse;
import dev.hutong.registry.PublishedRules;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.Revocation;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.RulesDigest;
import dev.hutong.registry.RulesVersion;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.RulesOffer;
import dev.hutong.registry.snapshot.Members.MalformedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes issuers and keys of published entries again, one by one, so that one that cannot be understood spoils no other. */
final class EntryReader {
    private final SignatureProviders providers;

    EntryReader(SignatureProviders providers) {
        this.providers = providers;
    }

    /** Reads one state of a history. */
    private interface StateReader<S> {
        S read(JsonNode json) throws MalformedException;
    }

    RegisteredIssuer issuer(JsonNode json, List<RegisteredKey> keys) throws MalformedException {
        return new RegisteredIssuer(
                issuerId(json, "id"),
                Members.text(json, "name"),
                platform(json),
                Members.optionalText(json, "parent").isEmpty()
                        ? Optional.empty()
                        : Optional.of(issuerId(json, "parent")),
                keys,
                rules(json),
                history(json, EntryReader::issuerStanding));
    }

    /** Absent where the issuer has published none. */
    private static List<PublishedRules> rules(JsonNode issuer) throws MalformedException {
        if (!issuer.has("rules")) {
            return List.of();
        }
        List<PublishedRules> rules = new ArrayList<>();
        for (JsonNode json : Members.array(issuer, "rules")) {
            rules.add(new PublishedRules(
                    new RulesOffer(
                            RulesVersion.parse(Members.text(json, "version"))
                                    .orElseThrow(() -> Members.fault("version", "is none, such as 1.0.0")),
                            RulesDigest.parse(Members.text(json, "digest"))
                                    .orElseThrow(() -> Members.fault("digest", "is no SHA-256 in base64url")),
                            Members.instant(json, "validFrom"),
                            Members.optionalInstant(json, "validTo"),
                            Members.flag(json, "emergency")),
                    Members.instant(json, "since"),
                    Members.count(json, "entry"),
                    Members.text(json, "origin"),
                    Members.text(json, "reason")));
        }
        return rules;
    }

    RegisteredKey key(JsonNode json) throws MalformedException {
        PublicJwk jwk = switch (PublicJwk.parse(Members.object(json, "jwk"))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk admitted) -> admitted;
            case KeyAdmission.Refused<PublicJwk> refused -> throw new MalformedException(refused.explanation());
        };
        if (!jwk.kid().equals(Members.text(json, "kid"))) {
            throw Members.fault("kid", "is not the thumbprint of its key, " + jwk.kid());
        }
        return new RegisteredKey(
                KeyId.of(jwk),
                jwk,
                providers.verifier(jwk),
                new KeyUse(),
                Members.optionalInstant(json, "notBefore"),
                Members.optionalInstant(json, "signUntil"),
                Members.optionalInstant(json, "verifyUntil"),
                Members.text(json, "origin"),
                history(json, EntryReader::keyStanding));
    }

    static IssuerId issuerId(JsonNode json, String member) throws MalformedException {
        return IssuerId.parse(Members.text(json, member)).orElseThrow(() -> Members.fault(member, "is no issuer's id"));
    }

    /** Written newest first; built from the oldest on. */
    private static <S> History<S> history(JsonNode entry, StateReader<S> reader) throws MalformedException {
        JsonNode standing = Members.array(entry, "standing");
        @Nullable History<S> history = null;
        for (int i = standing.size() - 1; i >= 0; i--) {
            JsonNode one = standing.get(i);
            history = new History<>(
                    reader.read(one), Members.instant(one, "since"), Members.count(one, "entry"), history);
        }
        if (history == null) {
            throw Members.fault("standing", "is empty");
        }
        return history;
    }

    private static IssuerStanding issuerStanding(JsonNode json) throws MalformedException {
        JsonNode delegation = Members.required(json, "delegation");
        return new IssuerStanding(
                Members.constant(json, "status", Status.class),
                delegation.isNull() ? Optional.empty() : Optional.of(delegation(delegation)),
                Optional.empty(), // What an issuer says in OpenID Federation is told there.
                Members.text(json, "reason"));
    }

    private static KeyStanding keyStanding(JsonNode json) throws MalformedException {
        JsonNode revocation = Members.required(json, "revocation");
        return new KeyStanding(
                Members.flag(json, "suspended"),
                revocation.isNull() ? Optional.empty() : Optional.of(revocation(revocation)),
                Members.text(json, "reason"));
    }

    private static Revocation revocation(JsonNode json) throws MalformedException {
        return new Revocation(
                Members.constant(json, "reason", RevocationReason.class),
                Members.instant(json, "cutOff"),
                Members.instant(json, "revokedAt"));
    }

    private static Delegation delegation(JsonNode json) throws MalformedException {
        Set<SignatureAlgorithm> algorithms = new HashSet<>();
        for (String text : texts(json, "algorithms")) {
            // One that this client does not know lets it trust no key less and none more.
            SignatureAlgorithm.of(text).ifPresent(algorithms::add);
        }
        Optional<Instant> until = Members.optionalInstant(json, "until");
        try {
            return new Delegation(
                    Members.text(json, "regionPrefix"),
                    texts(json, "formats"),
                    algorithms,
                    Math.toIntExact(Members.count(json, "depth")),
                    until);
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            throw Members.fault("delegation", "is none: " + malformed.getMessage());
        }
    }

    private static Set<String> texts(JsonNode json, String member) throws MalformedException {
        Set<String> texts = new HashSet<>();
        for (JsonNode node : Members.array(json, member)) {
            if (!node.isTextual()) {
                throw Members.fault(member, "holds what is no text");
            }
            texts.add(node.textValue());
        }
        return texts;
    }

    private static Optional<URI> platform(JsonNode json) throws MalformedException {
        Optional<String> text = Members.optionalText(json, "platform");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new URI(text.get()));
        } catch (URISyntaxException malformed) {
            throw Members.fault("platform", "is no URL");
        }
    }
}
