package dev.hutong.hub.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hutong.registry.CertificateThumbprint;
import dev.hutong.registry.ClientId;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.RegisteredClient;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.SignatureVerifier;
import dev.hutong.registry.jose.StrictBase64Url;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives access tokens and knows them again: JWTs per RFC 9068, good at the hubs of one name and one token key. Safe for
 * any number of threads.
 *
 * <p>A token that was verified is known by its text from then on, which costs less than a microsecond. Only good texts are kept, so that
 * another text of the same token is merely verified anew. What can end a token earlier is looked at each time: the time, and the client,
 * which may have been withdrawn or have lost a key since.
 */
public final class AccessTokens {
    /** RFC 9068 asks for short lives, since nothing takes a token back; ten minutes are what a client asks for once and uses often. */
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    static final String TYPE = "at+jwt";
    private static final int JTI_OCTETS = 16;
    private static final int MOST_KNOWN = 10_000;

    private final String hub;
    private final CompactJwsSigner signer;
    private final SignatureVerifier verifier;
    private final Supplier<RegistrySnapshot> registry;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Verified> textToVerified = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(LIFETIME)
            .executor(Runnable::run) // Its upkeep is less than waking another thread for it.
            .build();

    /**
     * @param hub this hub's name as an authorization server and as the only place where its tokens are good
     * @param signer signs by the token key, which signs nothing else
     * @param verifier verifies by it
     */
    public AccessTokens(
            String hub,
            CompactJwsSigner signer,
            SignatureVerifier verifier,
            Supplier<RegistrySnapshot> registry,
            InstantSource clock) {
        this.hub = hub;
        this.signer = signer;
        this.verifier = verifier;
        this.registry = registry;
        this.clock = clock;
    }

    /** What a token is. */
    public sealed interface Reading {
        /** A good one, and whose. */
        record Good(Caller caller) implements Reading {}

        /** None that is good; {@code why} is for whoever sent it, and has neither quotation marks nor backslashes. */
        record Bad(String why) implements Reading {}
    }

    /**
     * A token whose signature and claims were good when it came first.
     *
     * @param bound the certificate without which it is good for nothing; a client's terms never change
     */
    private record Verified(
            ClientId client, Instant issued, Instant ends, Optional<CertificateThumbprint> bound, Reading.Good good) {}

    /** A new token for this client, in these capacities. */
    String issue(RegisteredClient client, Set<ClientRole> roles) {
        long now = clock.instant().getEpochSecond();
        byte[] jti = new byte[JTI_OCTETS];
        random.nextBytes(jti);
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", hub)
                .put("sub", client.id().value())
                .put("client_id", client.id().value())
                .put("aud", hub)
                .put("iat", now)
                .put("exp", now + LIFETIME.toSeconds())
                .put("jti", StrictBase64Url.encode(jti))
                .put("scope", scope(roles));
        roles.stream().sorted().map(ClientRole::text).forEach(claims.putArray("roles")::add);
        client.terms()
                .certificate()
                .ifPresent(thumbprint -> claims.putObject("cnf").put("x5t#S256", thumbprint.value()));
        return signer.sign(TYPE, claims);
    }

    /** Roles as a scope (RFC 6749 §3.3). */
    static String scope(Set<ClientRole> roles) {
        return roles.stream().sorted().map(ClientRole::text).collect(Collectors.joining(" "));
    }

    /**
     * Whose token this is.
     *
     * @param certificate the certificate that the connection's other end has shown the key of; asked for only
     *     where the token is bound to one
     */
    public Reading read(String token, Supplier<Optional<CertificateThumbprint>> certificate) {
        Verified verified = textToVerified.getIfPresent(token);
        boolean isNew = verified == null;
        if (verified == null) {
            verified = verify(token);
            if (verified == null) {
                return new Reading.Bad("The token is none that this hub gave");
            }
        }
        Reading reading = stillGood(verified, certificate);
        if (isNew && reading instanceof Reading.Good) {
            textToVerified.put(token, verified);
        }
        return reading;
    }

    private Reading stillGood(Verified token, Supplier<Optional<CertificateThumbprint>> certificate) {
        Instant now = clock.instant();
        if (!now.isBefore(token.ends())) {
            return new Reading.Bad("The token has expired");
        }
        // From a clock that ran further ahead, it would outlive the withdrawal of its client's key, since it was given
        // later than that.
        if (token.issued().isAfter(now.plus(ClientAssertions.SKEW))) {
            return new Reading.Bad("The clock was set back since the token was given");
        }
        RegisteredClient client = registry.get().client(token.client()).orElse(null);
        if (client == null || client.withdrawn()) {
            return new Reading.Bad("The client was withdrawn");
        }
        if (!client.keepsTokenOf(token.issued())) {
            return new Reading.Bad("A key was taken from the client since");
        }
        if (token.bound().isPresent() && !token.bound().equals(certificate.get())) {
            return new Reading.Bad("The token is bound to another certificate");
        }
        return token.good();
    }

    /** Checks everything that does not change (RFC 9068 §4); null where it is not good. */
    private @Nullable Verified verify(String text) {
        SignedJson token = SignedJson.read(text).orElse(null);
        if (token == null || !isOurs(token) || !verifier.verify(token.signingInput(), token.signature())) {
            return null;
        }
        Long issued = token.seconds("iat");
        Long ends = token.seconds("exp");
        Optional<RegisteredClient> client =
                ClientId.parse(token.text("client_id")).flatMap(registry.get()::client);
        if (issued == null
                || ends == null
                || client.isEmpty()
                || !hub.equals(token.text("iss"))
                || !hub.equals(token.text("aud"))) {
            return null;
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String role : token.text("scope").split(" ", -1)) {
            ClientRole.of(role)
                    .filter(client.get().roles()::contains)
                    .map(Role::of)
                    .ifPresent(roles::add);
        }
        Caller caller = new Caller(
                client.get().id().value(), roles, Optional.of(client.get().terms()));
        return new Verified(
                client.get().id(),
                Instant.ofEpochSecond(issued),
                Instant.ofEpochSecond(ends),
                client.get().terms().certificate(),
                new Reading.Good(caller));
    }

    /** By the token key, and said to be an access token (RFC 8725 §3.11). */
    private boolean isOurs(SignedJson token) {
        JsonNode header = token.header();
        return header.size() == 3
                && header.path("alg").asText().equals(signer.key().algorithm().jose())
                && header.path("kid").asText().equals(signer.key().kid())
                && header.path("typ").asText().equals(TYPE);
    }
}
