package dev.hutong.hub.clients;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.ClientId;
import dev.hutong.registry.RegisteredClient;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.StrictBase64Url;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates clients by what they signed: {@code private_key_jwt} (RFC 7523 §2.2, §3). An assertion is good once, for this hub alone,
 * and for {@link #LONGEST_LIFE} at the most. Who failed is told no more than that, since whoever asks may be a stranger.
 */
final class ClientAssertions {
    /** Whoever copies an assertion on its way has no longer to use it, and the hub has to remember it no longer. */
    static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    /** As everywhere in the hub: the client's clock may be so far ahead. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private static final int LONGEST_JTI = 256;

    /** Of the header's members only these; each other one could ask for something that is not done here (RFC 7515 §4.1.11). */
    private static final Set<String> HEADER = Set.of("alg", "kid", "typ", "x5t", "x5t#S256");

    /** RFC 7523 has no type of its own, so that libraries write JWT or none; the draft that succeeds it has the last one. */
    private static final Set<String> TYPES = Set.of("", "JWT", "client-authentication+jwt");

    private final Supplier<RegistrySnapshot> registry;
    private final Set<String> audiences;
    private final AssertionReplay replay;
    private final InstantSource clock;

    /** @param audiences the names of this hub as an authorization server, each of which is good */
    ClientAssertions(
            Supplier<RegistrySnapshot> registry, Set<String> audiences, AssertionReplay replay, InstantSource clock) {
        this.registry = registry;
        this.audiences = Set.copyOf(audiences);
        this.replay = replay;
        this.clock = clock;
    }

    /** The client that signed this, or empty where it is not good. */
    Future<Optional<RegisteredClient>> authenticate(String assertion) {
        Optional<SignedJson> read = SignedJson.read(assertion).filter(ClientAssertions::isPlain);
        if (read.isEmpty()) {
            return nobody();
        }
        SignedJson signed = read.get();
        Instant end = end(signed);
        Optional<RegisteredClient> client = ClientId.parse(signed.text("iss"))
                .flatMap(registry.get()::client)
                .filter(known -> known.id().value().equals(signed.text("sub")))
                .filter(known -> isSignedBy(known, signed));
        if (end == null || client.isEmpty() || !isForThisHub(signed) || !hasIdentity(signed)) {
            return nobody();
        }
        // Last, since only what is good may be remembered: otherwise strangers could fill the memory.
        return replay.firstUse(digest(signed), end).map(first -> first ? client : Optional.empty());
    }

    private static Future<Optional<RegisteredClient>> nobody() {
        return Future.succeededFuture(Optional.empty());
    }

    private static boolean isPlain(SignedJson signed) {
        for (var members = signed.header().properties().iterator(); members.hasNext(); ) {
            var member = members.next();
            if (!HEADER.contains(member.getKey()) || !member.getValue().isTextual()) {
                return false;
            }
        }
        return TYPES.contains(signed.headerText("typ"));
    }

    /** By the key that the header names, or, where it names none, by one of the client's; the key decides the algorithm. */
    private static boolean isSignedBy(RegisteredClient client, SignedJson signed) {
        List<RegisteredClient.Key> keys = signed.header().has("kid")
                ? client.key(signed.headerText("kid")).stream().toList()
                : client.keys();
        return keys.stream()
                .filter(key -> key.jwk().algorithm().jose().equals(signed.headerText("alg")))
                .anyMatch(key -> key.verifier().verify(signed.signingInput(), signed.signature()));
    }

    /** When it ends, which is later than now; null where its times are not good. */
    private @Nullable Instant end(SignedJson signed) {
        Instant now = clock.instant();
        Long expires = signed.seconds("exp");
        Instant latest = now.plus(LONGEST_LIFE).plus(SKEW);
        if (expires == null || expires > latest.getEpochSecond() || expires <= now.getEpochSecond()) {
            return null;
        }
        return hasBegun("iat", signed, now) && hasBegun("nbf", signed, now) ? Instant.ofEpochSecond(expires) : null;
    }

    private static boolean hasBegun(String claim, SignedJson signed, Instant now) {
        Long begins = signed.seconds(claim);
        return begins == null
                ? !signed.claims().has(claim)
                : begins <= now.plus(SKEW).getEpochSecond();
    }

    /** For nobody else either, or that one could use it here (RFC 7523 §3, 3). */
    private boolean isForThisHub(SignedJson signed) {
        JsonNode audience = signed.claims().path("aud");
        if (audience.isTextual()) {
            return audiences.contains(audience.textValue());
        }
        return audience.isArray()
                && !audience.isEmpty()
                && audience.valueStream().allMatch(one -> one.isTextual() && audiences.contains(one.textValue()));
    }

    private static boolean hasIdentity(SignedJson signed) {
        String jti = signed.text("jti");
        return !jti.isEmpty() && jti.length() <= LONGEST_JTI;
    }

    /** Not of the text, of which there are several for one assertion. A client id has no zero octet in it. */
    private static String digest(SignedJson signed) {
        String identity = signed.text("iss") + "\0" + signed.text("jti");
        try {
            return StrictBase64Url.encode(
                    MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
