package dev.hutong.registry;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.IssuerResumed;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.RegistryEvent.KeyRevoked;
import dev.hutong.registry.RegistrySnapshot.OwnedKey;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.MerkleTree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The state of the registry while events are applied to it, between one snapshot and the next. For one thread.
 *
 * <p>Strict: an event that cannot follow the ones before is refused and changes nothing. Which verifier a key has is decided here,
 * once; later snapshots carry the same object over.
 */
final class RegistryFold {
    private static final int MAX_TEXT = 500;

    private final SignatureProviders providers;
    private final TreeMap<IssuerId, RegisteredIssuer> idToIssuer;
    private final Map<String, OwnedKey> kidToKey;
    private MerkleTree tree;

    private RegistryFold(SignatureProviders providers, RegistrySnapshot from) {
        this.providers = providers;
        this.idToIssuer = new TreeMap<>(from.idToIssuer());
        this.kidToKey = new HashMap<>(from.kidToKey());
        this.tree = from.tree();
    }

    /** The snapshot of an empty log. */
    static RegistrySnapshot empty() {
        return new RegistrySnapshot(MerkleTree.empty(), new TreeMap<>(), Map.of());
    }

    /**
     * The snapshot after these entries of the log.
     *
     * @throws CorruptRegistryException if an entry is not the next one, no event, or one that cannot follow
     */
    static RegistrySnapshot advance(RegistrySnapshot from, List<LogEntry> entries, SignatureProviders providers) {
        if (entries.isEmpty()) {
            return from;
        }
        RegistryFold fold = new RegistryFold(providers, from);
        for (LogEntry entry : entries) {
            if (entry.index() != fold.tree.size()) {
                throw new CorruptRegistryException("The registry log has entry " + entry.index() + " where entry "
                        + fold.tree.size() + " should be");
            }
            fold.apply(entry.event()).ifPresent(refusal -> {
                throw new CorruptRegistryException(
                        "Entry " + entry.index() + " of the registry log is impossible: " + refusal.detail());
            });
            fold.tree = fold.tree.append(entry.hash());
        }
        return new RegistrySnapshot(fold.tree, fold.idToIssuer, fold.kidToKey);
    }

    /** Why the first impossible one of these events cannot follow the snapshot and the events before it; empty where all can. */
    static Optional<EventRefusal> refusalOf(
            RegistrySnapshot from, List<RegistryEvent> events, SignatureProviders providers) {
        RegistryFold fold = new RegistryFold(providers, from);
        for (RegistryEvent event : events) {
            Optional<EventRefusal> refusal = fold.apply(event);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<EventRefusal> apply(RegistryEvent event) {
        return switch (event) {
            case IssuerRegistered registered -> register(registered);
            case IssuerSuspended suspended -> ofIssuer(event, issuer -> suspend(issuer, suspended));
            case IssuerResumed _ -> ofIssuer(event, this::resume);
            case KeyActivated activated -> ofIssuer(event, issuer -> activate(issuer, activated));
            case KeyRevoked revoked -> ofIssuer(event, issuer -> revoke(issuer, revoked));
        };
    }

    private Optional<EventRefusal> ofIssuer(
            RegistryEvent event, Function<RegisteredIssuer, Optional<EventRefusal>> change) {
        RegisteredIssuer issuer = idToIssuer.get(event.issuer());
        if (issuer == null) {
            return refused(
                    Ground.UNKNOWN_ISSUER,
                    "There is no issuer " + event.issuer() + ": register it first, or use one of " + someIssuers());
        }
        return change.apply(issuer);
    }

    private Optional<EventRefusal> register(IssuerRegistered event) {
        if (idToIssuer.containsKey(event.issuer())) {
            return refused(
                    Ground.ISSUER_ALREADY_REGISTERED,
                    "Issuer " + event.issuer() + " is registered already: add a key to it, or choose another id");
        }
        if (!isProperText(event.name())) {
            return improperText("name");
        }
        Optional<String> platformFault = event.platform().flatMap(PlatformRule::faultIn);
        if (platformFault.isPresent()) {
            return refused(Ground.PLATFORM_NOT_ALLOWED, platformFault.get());
        }
        idToIssuer.put(
                event.issuer(),
                new RegisteredIssuer(event.issuer(), event.name(), event.platform(), false, List.of(), event.at()));
        return Optional.empty();
    }

    private Optional<EventRefusal> suspend(RegisteredIssuer issuer, IssuerSuspended event) {
        if (issuer.suspended()) {
            return refused(
                    Ground.ALREADY_SUSPENDED, "Issuer " + issuer.id() + " is suspended already: it can be resumed");
        }
        if (!isProperText(event.reason())) {
            return improperText("reason");
        }
        idToIssuer.put(issuer.id(), issuer.whileSuspended(true));
        return Optional.empty();
    }

    private Optional<EventRefusal> resume(RegisteredIssuer issuer) {
        if (!issuer.suspended()) {
            return refused(
                    Ground.NOT_SUSPENDED, "Issuer " + issuer.id() + " is not suspended: there is nothing to resume");
        }
        idToIssuer.put(issuer.id(), issuer.whileSuspended(false));
        return Optional.empty();
    }

    private Optional<EventRefusal> activate(RegisteredIssuer issuer, KeyActivated event) {
        KeyId id = KeyId.of(event.key());
        OwnedKey existing = kidToKey.get(id.value());
        if (existing != null) {
            return refused(
                    Ground.KEY_ALREADY_REGISTERED,
                    "Key " + id + " is a key of " + existing.owner()
                            + " already, and a key is registered once for ever: generate a new one");
        }
        if (isEmpty(event.notBefore(), event.signUntil())) {
            return refused(
                    Ground.EMPTY_VALIDITY, "Key " + id + " could never sign: signUntil must be later than notBefore");
        }
        if (!isProperText(event.origin())) {
            return improperText("origin");
        }
        RegisteredKey key = new RegisteredKey(
                id,
                event.key(),
                providers.verifier(event.key()),
                event.notBefore(),
                event.signUntil(),
                Optional.empty(),
                event.at(),
                event.origin());
        kidToKey.put(id.value(), new OwnedKey(issuer.id(), key));
        idToIssuer.put(issuer.id(), issuer.withKey(key));
        return Optional.empty();
    }

    private Optional<EventRefusal> revoke(RegisteredIssuer issuer, KeyRevoked event) {
        OwnedKey owned = kidToKey.get(event.key().value());
        if (owned == null || !owned.owner().equals(issuer.id())) {
            return refused(
                    Ground.UNKNOWN_KEY,
                    "Issuer " + issuer.id() + " has no key " + event.key() + ": its keys are " + keysOf(issuer));
        }
        Revocation revocation = new Revocation(event.reason(), event.cutOff(), event.at());
        Optional<Revocation> earlier = owned.key().revocation();
        if (earlier.isPresent() && !revocation.withdrawsMoreThan(earlier.get())) {
            return refused(
                    Ground.REVOCATION_NOT_STRICTER,
                    "Key " + event.key() + " is revoked already ("
                            + earlier.get().reason() + " from " + earlier.get().cutOff()
                            + "): only an earlier cut-off or COMPROMISED can follow");
        }
        RegisteredKey key = owned.key().revokedBy(revocation);
        kidToKey.put(key.id().value(), new OwnedKey(issuer.id(), key));
        idToIssuer.put(issuer.id(), issuer.withKeyReplaced(key));
        return Optional.empty();
    }

    private static boolean isEmpty(Optional<Instant> notBefore, Optional<Instant> signUntil) {
        return notBefore.isPresent()
                && signUntil.isPresent()
                && !notBefore.get().isBefore(signUntil.get());
    }

    /** Text for people that every later reader can show and store: short, in one line, with a UTF-8 form. */
    private static boolean isProperText(String text) {
        return !text.isBlank()
                && text.length() <= MAX_TEXT
                && text.codePoints().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static Optional<EventRefusal> improperText(String member) {
        return refused(
                Ground.MALFORMED_TEXT,
                "The " + member + " must be one line of 1 to " + MAX_TEXT + " characters, not only blanks");
    }

    private static Optional<EventRefusal> refused(Ground ground, String detail) {
        return Optional.of(new EventRefusal(ground, detail));
    }

    private String someIssuers() {
        List<String> some =
                idToIssuer.keySet().stream().limit(10).map(IssuerId::value).toList();
        return some.isEmpty() ? "none (the registry is empty)" : String.join(", ", some);
    }

    private static String keysOf(RegisteredIssuer issuer) {
        List<String> some =
                issuer.keys().stream().limit(10).map(key -> key.id().value()).toList();
        return some.isEmpty() ? "none" : String.join(", ", some);
    }
}
