package dev.hutong.registry;

import static kotlinx.collections.immutable.ExtensionsKt.persistentHashMapOf;
import static kotlinx.collections.immutable.ExtensionsKt.persistentMapOf;

import dev.hutong.registry.Authentication.Authenticated;
import dev.hutong.registry.Authentication.Rejected;
import dev.hutong.registry.IssuerStanding.Status;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.proposal.Nonce;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/**
 * The registry at one size of its log: immutable, complete, with a compiled verifier for every key. Any number of threads may read it
 * for as long as they like. What a code needs is found by hash and makes no garbage.
 */
public final class RegistrySnapshot {
    private static final Optional<Rejection> UNKNOWN_ISSUER = Optional.of(Rejection.UNKNOWN_ISSUER);
    private static final Optional<Rejection> ISSUER_SUSPENDED = Optional.of(Rejection.ISSUER_SUSPENDED);

    private final @Nullable MerkleTree tree;
    private final Checkpoint checkpoint;
    private final Instant time;
    private final Optional<Governance> governance;
    private final PersistentMap<IssuerId, RegisteredIssuer> idToIssuer;
    private final PersistentMap<String, OwnedKey> kidToKey;
    private final PersistentMap<String, IssuerId> federationKidToIssuer;
    private final RegisteredClients clients;
    private final PersistentMap<String, RegisteredProposal> idToProposal;
    private final PersistentMap<Nonce, String> nonceToProposal;

    /**
     * A key and whose it is: a thumbprint belongs to at most one issuer, so that one look-up finds both.
     *
     * @param authenticated what is answered of each good token, made once
     */
    record OwnedKey(IssuerId owner, RegisteredKey key, Authenticated authenticated) {
        OwnedKey(IssuerId owner, RegisteredKey key) {
            this(owner, key, new Authenticated(key));
        }
    }

    /** For {@link RegistryFold} and {@link FoldReader}. The maps share with those of earlier snapshots what did not change. */
    RegistrySnapshot(
            MerkleTree tree,
            Instant time,
            Optional<Governance> governance,
            PersistentMap<IssuerId, RegisteredIssuer> idToIssuer,
            PersistentMap<String, OwnedKey> kidToKey,
            PersistentMap<String, IssuerId> federationKidToIssuer,
            RegisteredClients clients,
            PersistentMap<String, RegisteredProposal> idToProposal,
            PersistentMap<Nonce, String> nonceToProposal) {
        this.tree = tree;
        this.checkpoint = tree.checkpoint();
        this.time = time;
        this.governance = governance;
        this.idToIssuer = idToIssuer;
        this.kidToKey = kidToKey;
        this.federationKidToIssuer = federationKidToIssuer;
        this.clients = clients;
        this.idToProposal = idToProposal;
        this.nonceToProposal = nonceToProposal;
    }

    private RegistrySnapshot(
            Checkpoint checkpoint,
            Instant time,
            PersistentMap<IssuerId, RegisteredIssuer> idToIssuer,
            PersistentMap<String, OwnedKey> kidToKey) {
        this.tree = null;
        this.checkpoint = checkpoint;
        this.time = time;
        this.governance = Optional.empty();
        this.idToIssuer = idToIssuer;
        this.kidToKey = kidToKey;
        this.federationKidToIssuer = persistentHashMapOf();
        this.clients = RegisteredClients.NONE;
        this.idToProposal = persistentMapOf();
        this.nonceToProposal = persistentHashMapOf();
    }

    /**
     * A copy of somebody else's registry, taken over without its log: codes are resolved by it as by the original. It holds issuers and keys
     * only; it has no hashes, no clients, no proposals, and nobody who decides about it.
     *
     * @param checkpoint what the issuers are the fold of, as it was signed beside them
     * @param time when that was all that the log held
     */
    public static RegistrySnapshot takenOver(Checkpoint checkpoint, Instant time, List<RegisteredIssuer> issuers) {
        return new RegistrySnapshot(checkpoint, time, byId(issuers), keysOf(issuers));
    }

    static PersistentMap<IssuerId, RegisteredIssuer> byId(List<RegisteredIssuer> issuers) {
        PersistentMap.Builder<IssuerId, RegisteredIssuer> idToIssuer =
                ExtensionsKt.<IssuerId, RegisteredIssuer>persistentHashMapOf().builder();
        issuers.forEach(issuer -> idToIssuer.put(issuer.id(), issuer));
        return idToIssuer.build();
    }

    static PersistentMap<String, OwnedKey> keysOf(List<RegisteredIssuer> issuers) {
        PersistentMap.Builder<String, OwnedKey> kidToKey =
                ExtensionsKt.<String, OwnedKey>persistentHashMapOf().builder();
        for (RegisteredIssuer issuer : issuers) {
            issuer.keys().forEach(key -> kidToKey.put(key.id().value(), new OwnedKey(issuer.id(), key)));
        }
        return kidToKey.build();
    }

    /** How much of the log this is the fold of, and the hash that commits to it. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /**
     * The log's hashes, from which it proves what it holds.
     *
     * @throws IllegalStateException if this is a copy, {@link #takenOver}, which proves nothing
     */
    public MerkleTree tree() {
        if (tree == null) {
            throw new IllegalStateException("A copy of a registry has no hashes of its log");
        }
        return tree;
    }

    /** The registry's time: that of the latest event, and the beginning of 1970 where there is none. */
    public Instant time() {
        return time;
    }

    /** Who decides about it; empty on a development hub. */
    public Optional<Governance> governance() {
        return governance;
    }

    /** All issuers, suspended and withdrawn ones too, in the order of their ids. */
    public List<RegisteredIssuer> issuers() {
        return idToIssuer.values().stream()
                .sorted(Comparator.comparing(RegisteredIssuer::id))
                .toList();
    }

    /** How many issuers there are. */
    public int issuerCount() {
        return idToIssuer.size();
    }

    /** The issuer of this name, wherever it stands. */
    public Optional<RegisteredIssuer> issuer(IssuerId id) {
        return Optional.ofNullable(idToIssuer.get(id));
    }

    /**
     * All issuers as the registry knew them at an instant: registered by then, with the keys and the standing of then. What was learned
     * later, such as a revocation with an earlier cut-off, is not in it.
     */
    public List<RegisteredIssuer> issuersAsOf(Instant instant) {
        return issuers().stream()
                .flatMap(issuer -> issuer.asOf(instant).stream())
                .toList();
    }

    /** The issuer as the registry knew it at an instant; empty where it had not joined yet. */
    public Optional<RegisteredIssuer> issuerAsOf(IssuerId id, Instant instant) {
        return issuer(id).flatMap(issuer -> issuer.asOf(instant));
    }

    /**
     * The registry as it is known now, all of it.
     *
     * @param now by the clock at hand; the clocks of other hubs may be ahead, and what they appended has happened
     */
    public RegistryAsOf asOfNow(Instant now) {
        return asOf(now.isBefore(time) ? time : now);
    }

    /** The registry as it was known at an instant. */
    public RegistryAsOf asOf(Instant instant) {
        return new RegistryAsOf(this, instant);
    }

    /** All clients, withdrawn ones too, in the order of their ids. */
    public List<RegisteredClient> clients() {
        return clients.idToClient().values().stream()
                .sorted(Comparator.comparing(RegisteredClient::id))
                .toList();
    }

    /** The client of this name, withdrawn or not. */
    public Optional<RegisteredClient> client(ClientId id) {
        return Optional.ofNullable(clients.idToClient().get(id));
    }

    /** Whose key this is or was, where it is or was a client's. */
    public Optional<ClientId> ownerOfClientKey(KeyId key) {
        return Optional.ofNullable(clients.kidToClient().get(key.value()));
    }

    /** The proposals of the last weeks, oldest first: all that wait, and for a while those that do no longer. */
    public Collection<RegisteredProposal> proposals() {
        return Collections.unmodifiableCollection(idToProposal.values());
    }

    /** The proposal of this id, if it is among {@link #proposals}. */
    public Optional<RegisteredProposal> proposal(String id) {
        return Optional.ofNullable(idToProposal.get(id));
    }

    /** Why nothing of this issuer can be good now, to be asked before a platform is; empty where something can. */
    public Optional<Rejection> standing(IssuerId id, Instant now) {
        return standing(id, idToIssuer, now);
    }

    static Optional<Rejection> standing(IssuerId id, Map<IssuerId, RegisteredIssuer> idToIssuer, Instant now) {
        RegisteredIssuer issuer = idToIssuer.get(id);
        if (issuer == null || issuer.status() == Status.WITHDRAWN) {
            return UNKNOWN_ISSUER;
        }
        return issuer.suspended()
                ? ISSUER_SUSPENDED
                : Ancestry.objectionTo(issuer, idToIssuer, now).map(Objection::rejection);
    }

    /**
     * Whether this issuer signed the token with a key of its own that was good for it. The grounds are looked for in the order of
     * {@link Rejection}; the signature, which costs most, comes last. Never throws on foreign content.
     *
     * @param now the instant of the question; a key's own times are compared with the token's
     */
    public Authentication authenticate(IssuerId issuer, SignedToken token, Instant now) {
        Optional<Rejection> standing = standing(issuer, now);
        if (standing.isPresent()) {
            return Rejected.of(standing.get());
        }
        OwnedKey owned = kidToKey.get(token.kid());
        if (owned == null || !owned.owner().equals(issuer)) {
            return Rejected.of(Rejection.UNKNOWN_KEY);
        }
        RegisteredKey key = owned.key();
        Optional<Rejection> objection = objectionTo(issuer, key);
        if (objection.isEmpty()) {
            objection = key.objectionTo(token.alg(), token.signedAt(), now);
        }
        if (objection.isPresent()) {
            return Rejected.of(objection.get());
        }
        if (!key.verifier().verify(token.signingInput(), token.signature())) {
            return Rejected.of(Rejection.BAD_SIGNATURE);
        }
        key.use().mark(now);
        return owned.authenticated();
    }

    /** Why those above the issuer may not answer for keys of this kind; empty where they may, or nobody is above it. */
    public Optional<Rejection> objectionTo(IssuerId issuer, RegisteredKey key) {
        RegisteredIssuer owner = idToIssuer.get(issuer);
        return owner == null
                ? UNKNOWN_ISSUER
                : Ancestry.objectionTo(owner, key.jwk().algorithm(), idToIssuer).map(Objection::rejection);
    }

    PersistentMap<IssuerId, RegisteredIssuer> idToIssuer() {
        return idToIssuer;
    }

    PersistentMap<String, OwnedKey> kidToKey() {
        return kidToKey;
    }

    /** Every federation key there ever was, and whose. */
    PersistentMap<String, IssuerId> federationKidToIssuer() {
        return federationKidToIssuer;
    }

    RegisteredClients registeredClients() {
        return clients;
    }

    PersistentMap<String, RegisteredProposal> idToProposal() {
        return idToProposal;
    }

    /** The nonces of {@link #proposals}, none of which can be used again. */
    PersistentMap<Nonce, String> nonceToProposal() {
        return nonceToProposal;
    }
}
