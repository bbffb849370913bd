package dev.hutong.registry;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddClientKey;
import dev.hutong.registry.proposal.Action.RegisterClient;
import dev.hutong.registry.proposal.Action.RemoveClientKey;
import dev.hutong.registry.proposal.Action.WithdrawClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kotlinx.collections.immutable.PersistentMap;

/**
 * Clients and their keys while changes are made to them: which change can follow which. The counterpart of {@link RegistryState}, which
 * knows the issuers. For one thread; a change that is refused leaves nothing behind that a reader could see.
 */
final class ClientState {
    /** An old key and a new one, and one to spare. */
    private static final int MOST_KEYS = 3;

    private final SignatureProviders providers;
    private final PersistentMap.Builder<ClientId, RegisteredClient> idToClient;
    private final PersistentMap.Builder<String, ClientId> kidToClient;

    ClientState(SignatureProviders providers, RegisteredClients from) {
        this.providers = providers;
        this.idToClient = from.idToClient().builder();
        this.kidToClient = from.kidToClient().builder();
    }

    RegisteredClients build() {
        return new RegisteredClients(idToClient.build(), kidToClient.build());
    }

    /** Makes the change. That a key which it brings is nobody else's is asked elsewhere. */
    void apply(Action.OfClient action, Change change) throws ImpossibleEventException {
        switch (action) {
            case RegisterClient register -> register(register, change);
            case AddClientKey add -> {
                RegisteredClient client = client(add.client());
                if (client.keys().size() >= MOST_KEYS) {
                    throw new ImpossibleEventException(
                            Ground.KEY_STATE_FORBIDS,
                            "Client " + client.id() + " has " + MOST_KEYS
                                    + " keys, and no more are kept: remove one first");
                }
                put(client.with(key(client.id(), add.key(), change.at())));
            }
            case RemoveClientKey remove -> remove(client(remove.client()), remove.key(), change.at());
            case WithdrawClient withdraw -> put(client(withdraw.client()).withdrawnAt(change.at()));
        }
    }

    private void register(RegisterClient action, Change change) throws ImpossibleEventException {
        RegisteredClient known = idToClient.get(action.client());
        if (known != null) {
            throw new ImpossibleEventException(
                    Ground.CLIENT_ALREADY_REGISTERED,
                    "Client " + action.client() + (known.withdrawn() ? " was" : " is")
                            + " registered, and an id is given once for ever: choose another");
        }
        ProperText.require("name", action.terms().name());
        put(new RegisteredClient(
                action.client(),
                action.terms(),
                List.of(key(action.client(), action.key(), change.at())),
                change.at(),
                change.at(),
                change.entry(),
                change.origin(),
                Optional.empty()));
    }

    private void remove(RegisteredClient client, KeyId key, Instant now) throws ImpossibleEventException {
        if (client.key(key.value()).isEmpty()) {
            throw new ImpossibleEventException(
                    Ground.UNKNOWN_KEY,
                    "Client " + client.id() + " has no key " + key + ": its keys are "
                            + client.keys().stream()
                                    .map(one -> one.id().value())
                                    .toList());
        }
        if (client.keys().size() == 1) {
            throw new ImpossibleEventException(
                    Ground.KEY_STATE_FORBIDS,
                    "Key " + key + " is the last of client " + client.id()
                            + ": add another first, or withdraw the client");
        }
        put(client.without(key, now));
    }

    private RegisteredClient.Key key(ClientId client, PublicJwk jwk, Instant now) {
        kidToClient.put(jwk.kid(), client);
        return new RegisteredClient.Key(jwk, providers.verifier(jwk), now);
    }

    private void put(RegisteredClient client) {
        idToClient.put(client.id(), client);
    }

    /** The client, unless it has left. */
    RegisteredClient client(ClientId id) throws ImpossibleEventException {
        RegisteredClient client = idToClient.get(id);
        if (client == null) {
            throw new ImpossibleEventException(
                    Ground.UNKNOWN_CLIENT, "There is no client " + id + ": register it first");
        }
        if (client.withdrawn()) {
            throw new ImpossibleEventException(
                    Ground.CLIENT_WITHDRAWN,
                    "Client " + id + " left, for ever: nothing can follow; register one with another id");
        }
        return client;
    }

    /** Whose key this is, by its thumbprint, where it is a client's that may authenticate by it now. */
    Optional<RegisteredClient> holder(String kid) {
        return Optional.ofNullable(kidToClient.get(kid))
                .map(idToClient::get)
                .filter(client -> client.key(kid).isPresent());
    }

    /** Whether the key was a client's, and is so no longer. */
    boolean wasTaken(String kid) {
        return kidToClient.containsKey(kid) && holder(kid).isEmpty();
    }

    /** A key is registered once, for whoever it is, for ever. */
    void requireNew(PublicJwk key) throws ImpossibleEventException {
        ClientId owner = kidToClient.get(key.kid());
        if (owner != null) {
            throw new ImpossibleEventException(
                    Ground.KEY_ALREADY_REGISTERED,
                    "Key " + key.kid() + " is or was a key of client " + owner
                            + ", and a key is registered once for ever: generate a new one");
        }
    }
}
