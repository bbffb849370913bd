package dev.hutong.registry;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.RegistrySnapshot.OwnedKey;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureVerifier;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddClientKey;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.RegisterClient;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.RemoveOperator;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.SignedDocument.Signature;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who signed a proposal, and who must:
 *
 * <ul>
 *   <li>a key that is brought signs itself, which proves that its owner has it;
 *   <li>a further key of an issuer is also signed by a key of it that may sign now, or, where it has none, by an operator;
 *   <li>an issuer below another is also signed by a key of that one;
 *   <li>every other change of an issuer is signed by a key of it, by a key of an issuer above it, or by an operator;
 *   <li>a further key of a client is also signed by a key that it has, or by an operator; that a key is taken from it, or that it leaves, is
 *       signed by one of the two;
 *   <li>a break-glass revocation, and the removal of an operator, is signed by an operator.
 * </ul>
 *
 * Nobody else signs.
 */
final class Signers {
    /** In what capacity a key signs. */
    private enum Capacity {
        BROUGHT,
        ISSUER,
        CLIENT,
        OPERATOR
    }

    /**
     * One signer.
     *
     * @param owner whose key it is, where it is an issuer's
     */
    record Signer(PublicJwk key, SignatureVerifier verifier, Capacity capacity, Optional<IssuerId> owner) {}

    private final SignatureProviders providers;
    private final Governance governance;
    private final RegistryState state;
    private final Instant now;
    private final Map<String, Signer> kidToSigner = new LinkedHashMap<>();

    Signers(SignatureProviders providers, Governance governance, RegistryState state, Instant now) {
        this.providers = providers;
        this.governance = governance;
        this.state = state;
        this.now = now;
    }

    /** Who this is, by the key's thumbprint; counted among those who signed. */
    Signer of(Signature signature, Action action) throws ImpossibleEventException {
        Signer signer = find(signature.kid(), action);
        kidToSigner.put(signature.kid(), signer);
        return signer;
    }

    private Signer find(String kid, Action action) throws ImpossibleEventException {
        Optional<PublicJwk> brought = action.brought();
        if (brought.isPresent() && brought.get().kid().equals(kid)) {
            return new Signer(brought.get(), providers.verifier(brought.get()), Capacity.BROUGHT, Optional.empty());
        }
        Operator operator = governance.kidToOperator().get(kid);
        if (operator != null) {
            return new Signer(operator.key(), operator.verifier(), Capacity.OPERATOR, Optional.empty());
        }
        Optional<RegisteredClient.Key> client =
                action instanceof Action.OfClient ofClient ? keyOf(ofClient.client(), kid) : Optional.empty();
        if (client.isPresent()) {
            return new Signer(client.get().jwk(), client.get().verifier(), Capacity.CLIENT, Optional.empty());
        }
        OwnedKey owned = state.kidToKey().get(kid);
        if (owned == null) {
            throw new ImpossibleEventException(
                    Ground.UNKNOWN_SIGNER,
                    "Key " + kid
                            + " signed, and is neither the key that is brought, nor an issuer's, nor an operator's, nor the client's");
        }
        requireActive(owned);
        return new Signer(owned.key().jwk(), owned.key().verifier(), Capacity.ISSUER, Optional.of(owned.owner()));
    }

    private Optional<RegisteredClient.Key> keyOf(ClientId client, String kid) {
        return state.clients()
                .holder(kid)
                .filter(holder -> holder.id().equals(client))
                .flatMap(holder -> holder.key(kid));
    }

    private void requireActive(OwnedKey owned) throws ImpossibleEventException {
        RegisteredIssuer issuer = state.issuer(owned.owner());
        Optional<String> fault = whyMayNotSign(issuer, owned.key());
        if (fault.isPresent()) {
            throw new ImpossibleEventException(
                    Ground.UNKNOWN_SIGNER,
                    "Key " + owned.key().id() + " of " + owned.owner() + " signed, and may not sign now (" + fault.get()
                            + "): an operator can sign in its place");
        }
    }

    /** Why a token that this key signed now would not be good, now; empty where it would. */
    private Optional<String> whyMayNotSign(RegisteredIssuer issuer, RegisteredKey key) {
        KeyState keyState = key.stateAt(now);
        return keyState == KeyState.ACTIVE ? whyUntrusted(issuer, key) : Optional.of(keyState.name());
    }

    /** Why nothing by this key is good, for its issuer or those above it; empty where something is. */
    private Optional<String> whyUntrusted(RegisteredIssuer issuer, RegisteredKey key) {
        return switch (issuer.status()) {
            case WITHDRAWN -> Optional.of("its issuer, " + issuer.id() + ", has left");
            case SUSPENDED -> Optional.of("its issuer, " + issuer.id() + ", is suspended");
            case REGISTERED ->
                Ancestry.objectionTo(issuer, state.idToIssuer(), now)
                        .or(() -> Ancestry.objectionTo(issuer, key.jwk().algorithm(), state.idToIssuer()))
                        .map(objection -> objection.above() + ", above its issuer, " + objection.words());
        };
    }

    /** Makes sure that those signed whom the action needs, and nobody else. */
    void requireThoseFor(Action action) throws ImpossibleEventException {
        int needed = switch (action) {
            case RegisterIssuer register -> {
                requireBrought();
                if (register.parent().isPresent()) {
                    requireKeyOf(register.parent().get());
                }
                yield register.parent().isPresent() ? 2 : 1;
            }
            case AddKey add -> {
                requireBrought();
                requirePresentKey(add.issuer());
                yield 2;
            }
            case AddOperator _, RegisterClient _ -> {
                requireBrought();
                yield 1;
            }
            case AddClientKey _ -> {
                requireBrought();
                requireClientOrOperator();
                yield 2;
            }
            case Action.OfClient _ -> {
                requireClientOrOperator();
                yield 1;
            }
            case RemoveOperator _ -> {
                requireOperator();
                yield 1;
            }
            case RevokeKey revoke
            when revoke.breakGlass() -> {
                requireOperator();
                yield 1;
            }
            case Action.OfIssuer other -> {
                requireAuthorityOver(other.issuer());
                yield 1;
            }
        };
        if (kidToSigner.size() > needed) {
            throw new ImpossibleEventException(
                    Ground.SIGNATURE_TOO_MANY,
                    "There are " + kidToSigner.size() + " signatures where " + needed + (needed == 1 ? " is" : " are")
                            + " asked for: leave the others out");
        }
    }

    private void requireBrought() throws ImpossibleEventException {
        if (kidToSigner.values().stream().noneMatch(signer -> signer.capacity() == Capacity.BROUGHT)) {
            throw missing("the key that it brings, to prove that its owner has it");
        }
    }

    private void requireOperator() throws ImpossibleEventException {
        if (!signedByOperator()) {
            throw missing("an operator");
        }
    }

    private void requireKeyOf(IssuerId issuer) throws ImpossibleEventException {
        if (!signedBy(issuer)) {
            throw missing("a key of " + issuer + " that may sign now");
        }
    }

    private void requirePresentKey(IssuerId issuer) throws ImpossibleEventException {
        RegisteredIssuer registered = state.issuer(issuer);
        if (registered.keys().stream()
                .anyMatch(key -> whyMayNotSign(registered, key).isEmpty())) {
            requireKeyOf(issuer);
        } else if (!signedByOperator()) {
            throw missing("an operator, since " + issuer + " has no key that may sign now");
        }
    }

    private void requireAuthorityOver(IssuerId id) throws ImpossibleEventException {
        RegisteredIssuer issuer = state.issuer(id);
        boolean fromAbove = kidToSigner.values().stream()
                .flatMap(signer -> signer.owner().stream())
                .anyMatch(owner -> Ancestry.isAbove(owner, issuer, state.idToIssuer()));
        if (!signedByOperator() && !signedBy(id) && !fromAbove) {
            throw missing("a key of " + id + " or of an issuer above it that may sign now, or an operator");
        }
    }

    private void requireClientOrOperator() throws ImpossibleEventException {
        if (!signedByOperator()
                && kidToSigner.values().stream().noneMatch(signer -> signer.capacity() == Capacity.CLIENT)) {
            throw missing("a key that the client has now, or an operator");
        }
    }

    private boolean signedByOperator() {
        return kidToSigner.values().stream().anyMatch(signer -> signer.capacity() == Capacity.OPERATOR);
    }

    private boolean signedBy(IssuerId issuer) {
        return kidToSigner.values().stream()
                .anyMatch(signer -> signer.owner().filter(issuer::equals).isPresent());
    }

    private static ImpossibleEventException missing(String whose) {
        return new ImpossibleEventException(Ground.SIGNATURE_MISSING, "This proposal must be signed by " + whose);
    }

    /**
     * Makes sure that none of those who signed a proposal earlier was withdrawn since, nor its issuer: a key that somebody stole would
     * otherwise bring another in after its own revocation. That a key's time to sign has run out since takes nothing away.
     */
    void requireStillTrusted(Set<KeyId> earlier) throws ImpossibleEventException {
        for (KeyId kid : earlier) {
            Optional<String> fault = whyTrustedNoLonger(kid);
            if (fault.isPresent()) {
                throw new ImpossibleEventException(
                        Ground.PROPOSAL_CLOSED,
                        "Key " + kid + ", which signed the proposal, is trusted no longer (" + fault.get()
                                + "): propose it anew with another");
            }
        }
    }

    private Optional<String> whyTrustedNoLonger(KeyId kid) {
        if (governance.formerKids().contains(kid.value()) || state.clients().wasTaken(kid.value())) {
            return Optional.of("removed");
        }
        OwnedKey owned = state.kidToKey().get(kid.value());
        if (owned == null) {
            return Optional.empty();
        }
        KeyState keyState = owned.key().stateAt(now);
        if (keyState == KeyState.REVOKED || keyState == KeyState.SUSPENDED) {
            return Optional.of(keyState.name());
        }
        return whyUntrusted(Objects.requireNonNull(state.idToIssuer().get(owned.owner())), owned.key());
    }

    /** The keys that signed. */
    Set<KeyId> ids() {
        return kidToSigner.keySet().stream().map(KeyId::new).collect(Collectors.toSet());
    }
}
