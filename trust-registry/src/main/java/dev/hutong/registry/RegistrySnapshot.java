package dev.hutong.registry;

import dev.hutong.registry.Authentication.Authenticated;
import dev.hutong.registry.Authentication.Rejected;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleTree;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The registry at one size of its log: immutable, complete, with a compiled verifier for every key. Any number of threads may read it
 * for as long as they like.
 */
public final class RegistrySnapshot {
    private final MerkleTree tree;
    private final Checkpoint checkpoint;
    private final SortedMap<IssuerId, RegisteredIssuer> idToIssuer;
    private final Map<String, OwnedKey> kidToKey;

    /** A key and whose it is: a thumbprint belongs to at most one issuer, so that one look-up finds both. */
    record OwnedKey(IssuerId owner, RegisteredKey key) {}

    /** For {@link RegistryFold}, which hands over maps that nobody changes any more. */
    RegistrySnapshot(
            MerkleTree tree, SortedMap<IssuerId, RegisteredIssuer> idToIssuer, Map<String, OwnedKey> kidToKey) {
        this.tree = tree;
        this.checkpoint = tree.checkpoint();
        this.idToIssuer = Collections.unmodifiableSortedMap(idToIssuer);
        this.kidToKey = Collections.unmodifiableMap(kidToKey);
    }

    /** How much of the log this is the fold of, and the hash that commits to it. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** All issuers, suspended ones too, in the order of their ids. */
    public Collection<RegisteredIssuer> issuers() {
        return idToIssuer.values();
    }

    /** The issuer of this name, suspended or not. */
    public Optional<RegisteredIssuer> issuer(IssuerId id) {
        return Optional.ofNullable(idToIssuer.get(id));
    }

    /** Why nothing of this issuer can be good, to be asked before a platform is; empty where something can. */
    public Optional<Rejection> standing(IssuerId id) {
        RegisteredIssuer issuer = idToIssuer.get(id);
        if (issuer == null) {
            return Optional.of(Rejection.UNKNOWN_ISSUER);
        }
        return issuer.suspended() ? Optional.of(Rejection.ISSUER_SUSPENDED) : Optional.empty();
    }

    /**
     * Whether this issuer signed the token with a key of its own that was good for it. The grounds are looked for in the order of
     * {@link Rejection}; the signature, which costs most, comes last. Never throws on foreign content.
     */
    public Authentication authenticate(IssuerId issuer, SignedToken token) {
        Optional<Rejection> standing = standing(issuer);
        if (standing.isPresent()) {
            return new Rejected(standing.get());
        }
        OwnedKey owned = kidToKey.get(token.kid());
        if (owned == null || !owned.owner().equals(issuer)) {
            return new Rejected(Rejection.UNKNOWN_KEY);
        }
        RegisteredKey key = owned.key();
        Optional<Rejection> objection = key.objectionTo(token.alg(), token.signedAt());
        if (objection.isPresent()) {
            return new Rejected(objection.get());
        }
        return key.verifier().verify(token.signingInput(), token.signature())
                ? new Authenticated(key)
                : new Rejected(Rejection.BAD_SIGNATURE);
    }

    MerkleTree tree() {
        return tree;
    }

    SortedMap<IssuerId, RegisteredIssuer> idToIssuer() {
        return idToIssuer;
    }

    Map<String, OwnedKey> kidToKey() {
        return kidToKey;
    }
}
