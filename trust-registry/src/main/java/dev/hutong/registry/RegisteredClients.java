package dev.hutong.registry;

import static kotlinx.collections.immutable.ExtensionsKt.persistentHashMapOf;

import kotlinx.collections.immutable.PersistentMap;

/**
 * The clients at one size of the log. The maps share with those of earlier snapshots what did not change.
 *
 * @param idToClient every client there ever was
 * @param kidToClient every client's key there ever was, and whose
 */
record RegisteredClients(
        PersistentMap<ClientId, RegisteredClient> idToClient, PersistentMap<String, ClientId> kidToClient) {
    static final RegisteredClients NONE = new RegisteredClients(persistentHashMapOf(), persistentHashMapOf());
}
