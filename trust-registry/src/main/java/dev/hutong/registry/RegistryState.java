package dev.hutong.registry;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.IssuerStanding.Status;
import dev.hutong.registry.RegistrySnapshot.OwnedKey;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.Federate;
import dev.hutong.registry.proposal.Action.PublishRules;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.ResumeIssuer;
import dev.hutong.registry.proposal.Action.ResumeKey;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import dev.hutong.registry.proposal.EntityConfiguration;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.RegistryRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kotlinx.collections.immutable.PersistentMap;

/**
 * Issuers and their keys while changes are made to them: which change can follow which. Who wanted it, and whether they may, is asked
 * elsewhere ({@link DualControl}). For one thread; a change that is refused leaves nothing behind that a reader could see, since the whole
 * state is then thrown away.
 */
final class RegistryState {

    /** Beyond it, a planned end is a mistyped year, and a revocation that revokes nothing. */
    private static final Duration FURTHEST_CUT_OFF = Duration.ofDays(366);

    private final SignatureProviders providers;
    private final PersistentMap.Builder<IssuerId, RegisteredIssuer> idToIssuer;
    private final PersistentMap.Builder<String, OwnedKey> kidToKey;
    private final PersistentMap.Builder<String, IssuerId> federationKidToIssuer;
    private final ClientState clients;

    RegistryState(SignatureProviders providers, RegistrySnapshot from) {
        this.providers = providers;
        this.idToIssuer = from.idToIssuer().builder();
        this.kidToKey = from.kidToKey().builder();
        this.federationKidToIssuer = from.federationKidToIssuer().builder();
        this.clients = new ClientState(providers, from.registeredClients());
    }

    PersistentMap.Builder<IssuerId, RegisteredIssuer> idToIssuer() {
        return idToIssuer;
    }

    PersistentMap.Builder<String, OwnedKey> kidToKey() {
        return kidToKey;
    }

    PersistentMap.Builder<String, IssuerId> federationKidToIssuer() {
        return federationKidToIssuer;
    }

    /** Who may ask. */
    ClientState clients() {
        return clients;
    }

    /**
     * Makes the change.
     *
     * @param rules what the registry asks of new keys; absent on development hubs
     */
    void apply(Action.OfIssuer action, Optional<RegistryRules> rules, Change change) throws ImpossibleEventException {
        switch (action) {
            case RegisterIssuer register -> register(register, rules, change);
            case SuspendIssuer _ -> suspend(issuer(action.issuer()), change);
            case ResumeIssuer _ -> resume(issuer(action.issuer()), change);
            case WithdrawIssuer _ -> withdraw(issuer(action.issuer()), change);
            case Delegate delegate -> delegate(issuer(action.issuer()), delegate, change);
            case Federate federate -> federate(issuer(action.issuer()), federate, change);
            case PublishRules publish ->
                idToIssuer.put(
                        action.issuer(), RulesSuccession.publish(issuer(action.issuer()), publish.rules(), change));
            case AddKey add -> publish(issuer(action.issuer()), onTime(add, rules, change.at()), change);
            case SuspendKey suspend -> suspend(key(action.issuer(), suspend.key()), change);
            case ResumeKey resume -> resume(key(action.issuer(), resume.key()), change);
            case RevokeKey revoke -> {
                if (rules.isPresent()) {
                    requireCutOffNear(revoke, change.at());
                }
                revoke(key(action.issuer(), revoke.key()), revoke, change);
            }
        }
    }

    private void register(RegisterIssuer action, Optional<RegistryRules> rules, Change change)
            throws ImpossibleEventException {
        if (idToIssuer.containsKey(action.issuer())) {
            throw new ImpossibleEventException(
                    Ground.ISSUER_ALREADY_REGISTERED,
                    "Issuer " + action.issuer() + " is registered already: add a key to it, or choose another id");
        }
        ProperText.require("name", action.name());
        Optional<String> platformFault = action.platform().flatMap(PlatformRule::faultIn);
        if (platformFault.isPresent()) {
            throw new ImpossibleEventException(Ground.PLATFORM_NOT_ALLOWED, platformFault.get());
        }
        RegisteredIssuer issuer = new RegisteredIssuer(
                action.issuer(),
                action.name(),
                action.platform(),
                action.parent(),
                List.of(),
                List.of(),
                History.begin(
                        new IssuerStanding(Status.REGISTERED, Optional.empty(), Optional.empty(), change.reason()),
                        change));
        requireDelegated(issuer, Ancestry.objectionTo(issuer, idToIssuer, change.at()));
        idToIssuer.put(issuer.id(), issuer);
        if (action.key().isPresent()) {
            publish(issuer, onTime(new AddKey(issuer.id(), action.key().get()), rules, change.at()), change);
        }
    }

    private void suspend(RegisteredIssuer issuer, Change change) throws ImpossibleEventException {
        if (issuer.suspended()) {
            throw new ImpossibleEventException(
                    Ground.ALREADY_SUSPENDED,
                    "Issuer " + issuer.id() + " is suspended already: it can be resumed or withdrawn");
        }
        become(issuer, Status.SUSPENDED, change);
    }

    private void resume(RegisteredIssuer issuer, Change change) throws ImpossibleEventException {
        if (!issuer.suspended()) {
            throw new ImpossibleEventException(
                    Ground.NOT_SUSPENDED,
                    "Issuer " + issuer.id() + " is not suspended: it can be suspended or withdrawn");
        }
        become(issuer, Status.REGISTERED, change);
    }

    private void withdraw(RegisteredIssuer issuer, Change change) throws ImpossibleEventException {
        become(issuer, Status.WITHDRAWN, change);
    }

    private void become(RegisteredIssuer issuer, Status status, Change change) throws ImpossibleEventException {
        ProperText.require("reason", change.reason());
        put(issuer, issuer.standing().state().become(status, change.reason()), change);
    }

    private void delegate(RegisteredIssuer issuer, Delegate action, Change change) throws ImpossibleEventException {
        if (action.delegation().isEmpty() && issuer.delegation().isEmpty()) {
            throw new ImpossibleEventException(
                    Ground.NOT_DELEGATED,
                    "Issuer " + issuer.id() + " answers for nobody: there is no delegation to end, one can be given");
        }
        put(issuer, issuer.standing().state().delegating(action.delegation(), change.reason()), change);
    }

    private void federate(RegisteredIssuer issuer, Federate action, Change change) throws ImpossibleEventException {
        if (action.entityConfiguration().isEmpty()
                && issuer.entityConfiguration().isEmpty()) {
            throw new ImpossibleEventException(
                    Ground.NOT_FEDERATED,
                    "Issuer " + issuer.id()
                            + " has no entity configuration: there is nothing to end, one can be deposited");
        }
        Optional<EntityConfiguration> deposited = EntityDeposit.read(action);
        if (deposited.isPresent()) {
            EntityDeposit.requireUnended(deposited.get(), change.at());
            requireFederationKeyOf(issuer, deposited.get().key());
            federationKidToIssuer.put(deposited.get().key().kid(), issuer.id());
        }
        put(issuer, issuer.standing().state().federating(deposited, change.reason()), change);
    }

    /** A federation key is used for nothing else, and by nobody else, for ever; its issuer may come back to it. */
    private void requireFederationKeyOf(RegisteredIssuer issuer, PublicJwk key) throws ImpossibleEventException {
        if (!issuer.id().equals(federationKidToIssuer.get(key.kid()))) {
            requireNew(key);
        }
    }

    private void put(RegisteredIssuer issuer, IssuerStanding standing, Change change) {
        idToIssuer.put(issuer.id(), issuer.with(issuer.standing().then(standing, change)));
    }

    /** The key's own notBefore, or the earliest that the rules allow. */
    private KeyOffer onTime(AddKey action, Optional<RegistryRules> rules, Instant now) throws ImpossibleEventException {
        RegisteredIssuer issuer = issuer(action.issuer());
        KeyOffer offer = action.key();
        if (rules.isEmpty()) {
            return offer;
        }
        requireNotOver(offer, now);
        if (!hasActiveKey(issuer, now)) {
            return offer;
        }
        Duration visibleFor = rules.get().visibleFor();
        Instant earliest = now.plus(visibleFor);
        if (offer.notBefore().isEmpty()) {
            return offer.from(earliest);
        }
        if (offer.notBefore().get().isBefore(earliest)) {
            throw new ImpossibleEventException(
                    Ground.NOT_VISIBLE_LONG_ENOUGH,
                    "A key beside one that signs must be seen for " + visibleFor
                            + " before it signs itself: propose a notBefore of " + earliest
                            + " or later, with time for the approvals, or none, for as early as possible");
        }
        return offer;
    }

    private void publish(RegisteredIssuer issuer, KeyOffer offer, Change change) throws ImpossibleEventException {
        KeyId id = KeyId.of(offer.jwk());
        requireNew(offer.jwk());
        requireDelegated(issuer, Ancestry.objectionTo(issuer, offer.jwk().algorithm(), idToIssuer));
        if (!offer.isInOrder()) {
            throw new ImpossibleEventException(
                    Ground.EMPTY_VALIDITY, "Key " + id + " could never sign: signUntil must be later than notBefore");
        }
        ProperText.require("origin", change.origin());
        RegisteredKey key = new RegisteredKey(
                id,
                offer.jwk(),
                providers.verifier(offer.jwk()),
                new KeyUse(),
                offer.notBefore(),
                offer.signUntil(),
                offer.verifyUntil(),
                change.origin(),
                History.begin(KeyStanding.published(change.reason()), change));
        kidToKey.put(id.value(), new OwnedKey(issuer.id(), key));
        idToIssuer.put(issuer.id(), issuer.withKey(key));
    }

    private static void requireNotOver(KeyOffer offer, Instant now) throws ImpossibleEventException {
        // Its verifyUntil is no earlier.
        if (offer.signUntil().isPresent() && !now.isBefore(offer.signUntil().get())) {
            throw new ImpossibleEventException(
                    Ground.EMPTY_VALIDITY,
                    "Key " + KeyId.of(offer.jwk()) + " could never sign: its signUntil, "
                            + offer.signUntil().get() + ", must be later than the registry's time, " + now);
        }
    }

    /** A key is registered once, for whoever it is, for ever. */
    void requireNew(PublicJwk key) throws ImpossibleEventException {
        OwnedKey existing = kidToKey.get(key.kid());
        if (existing != null) {
            throw new ImpossibleEventException(
                    Ground.KEY_ALREADY_REGISTERED,
                    "Key " + key.kid() + " is a key of " + existing.owner()
                            + " already, and a key is registered once for ever: generate a new one");
        }
        if (federationKidToIssuer.containsKey(key.kid())) {
            throw new ImpossibleEventException(
                    Ground.KEY_ALREADY_REGISTERED,
                    "Key " + key.kid() + " is or was the federation key of " + federationKidToIssuer.get(key.kid())
                            + ", and is for nothing else: generate a new one");
        }
        clients.requireNew(key);
    }

    private void suspend(OwnedKey owned, Change change) throws ImpossibleEventException {
        KeyState state = owned.key().stateAt(change.at());
        switch (state) {
            case PRE_PUBLISHED, ACTIVE, VERIFY_ONLY -> {}
            case SUSPENDED, EXPIRED, REVOKED -> throw forbids(owned.key(), state, "suspended");
        }
        put(owned, owned.key().standing().state().whileSuspended(true, change.reason()), change);
    }

    private void resume(OwnedKey owned, Change change) throws ImpossibleEventException {
        KeyState state = owned.key().stateAt(change.at());
        // A key that was revoked while it was suspended can be resumed too: what it signed before the cut-off is then
        // good again.
        if (state == KeyState.EXPIRED || !owned.key().standing().state().suspended()) {
            throw forbids(owned.key(), state, "resumed");
        }
        put(owned, owned.key().standing().state().whileSuspended(false, change.reason()), change);
    }

    private void revoke(OwnedKey owned, RevokeKey action, Change change) throws ImpossibleEventException {
        Revocation revocation = new Revocation(action.cause(), action.cutOff(), change.at());
        Optional<Revocation> earlier = owned.key().revocation();
        if (earlier.isPresent() && !revocation.withdrawsMoreThan(earlier.get())) {
            throw new ImpossibleEventException(
                    Ground.REVOCATION_NOT_STRICTER,
                    "Key " + action.key() + " is revoked already ("
                            + earlier.get().reason() + " from " + earlier.get().cutOff()
                            + "): only an earlier cut-off or COMPROMISED can follow");
        }
        put(owned, owned.key().standing().state().revokedBy(revocation, change.reason()), change);
    }

    private static void requireCutOffNear(RevokeKey action, Instant now) throws ImpossibleEventException {
        if (action.cause() != RevocationReason.COMPROMISED && action.cutOff().isAfter(now.plus(FURTHEST_CUT_OFF))) {
            throw new ImpossibleEventException(
                    Ground.EMPTY_VALIDITY,
                    "The cut-off " + action.cutOff() + " lies more than " + FURTHEST_CUT_OFF.toDays()
                            + " days ahead, and until then nothing would be revoked: give one no later than "
                            + now.plus(FURTHEST_CUT_OFF) + ", or COMPROMISED, which needs none");
        }
    }

    private void put(OwnedKey owned, KeyStanding standing, Change change) {
        RegisteredKey key = owned.key().with(owned.key().standing().then(standing, change));
        kidToKey.put(key.id().value(), new OwnedKey(owned.owner(), key));
        idToIssuer.computeIfPresent(owned.owner(), (_, issuer) -> issuer.withKeyReplaced(key));
    }

    private static ImpossibleEventException forbids(RegisteredKey key, KeyState state, String wanted) {
        String possible = switch (state) {
            case PRE_PUBLISHED, ACTIVE, VERIFY_ONLY -> "it can be suspended or revoked";
            case SUSPENDED -> "it can be resumed or revoked";
            case EXPIRED -> "it can only be revoked; a new key can be added";
            case REVOKED ->
                key.standing().state().suspended()
                        ? "it can be resumed, or its revocation made stricter; a new key can be added"
                        : "its revocation can only be made stricter; a new key can be added";
        };
        return new ImpossibleEventException(
                Ground.KEY_STATE_FORBIDS,
                "Key " + key.id() + " is " + state + " and cannot be " + wanted + ": " + possible);
    }

    /** The issuer, unless it has left. */
    RegisteredIssuer issuer(IssuerId id) throws ImpossibleEventException {
        RegisteredIssuer issuer = idToIssuer.get(id);
        if (issuer == null) {
            throw new ImpossibleEventException(
                    Ground.UNKNOWN_ISSUER,
                    "There is no issuer " + id + ": register it first, or use one of " + someIssuers());
        }
        if (issuer.status() == Status.WITHDRAWN) {
            throw new ImpossibleEventException(
                    Ground.ISSUER_WITHDRAWN,
                    "Issuer " + id + " left on " + issuer.standing().since()
                            + ", for ever: nothing can follow; register one with another id");
        }
        return issuer;
    }

    private OwnedKey key(IssuerId id, KeyId key) throws ImpossibleEventException {
        RegisteredIssuer issuer = issuer(id);
        OwnedKey owned = kidToKey.get(key.value());
        if (owned == null || !owned.owner().equals(id)) {
            throw new ImpossibleEventException(
                    Ground.UNKNOWN_KEY, "Issuer " + id + " has no key " + key + ": its keys are " + keysOf(issuer));
        }
        return owned;
    }

    private static boolean hasActiveKey(RegisteredIssuer issuer, Instant now) {
        return issuer.keys().stream().anyMatch(key -> key.stateAt(now) == KeyState.ACTIVE);
    }

    private static void requireDelegated(RegisteredIssuer issuer, Optional<Objection> objection)
            throws ImpossibleEventException {
        if (objection.isPresent()) {
            throw new ImpossibleEventException(
                    Ground.NOT_DELEGATED,
                    objection.get().above() + ", above issuer " + issuer.id() + ", "
                            + objection.get().words() + ": " + objection.get().remedy());
        }
    }

    private String someIssuers() {
        List<String> some = idToIssuer.keySet().stream()
                .sorted()
                .limit(10)
                .map(IssuerId::value)
                .toList();
        return some.isEmpty() ? "none (the registry is empty)" : String.join(", ", some);
    }

    private static String keysOf(RegisteredIssuer issuer) {
        List<String> some =
                issuer.keys().stream().limit(10).map(key -> key.id().value()).toList();
        return some.isEmpty() ? "none" : String.join(", ", some);
    }
}
