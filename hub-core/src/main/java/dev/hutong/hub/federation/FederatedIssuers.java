package dev.hutong.hub.federation;

import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.proposal.EntityConfiguration;
import dev.hutong.registry.proposal.EntityId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which issuers are subordinates of this hub in OpenID Federation: those in good standing that deposited what they say about themselves,
 * under this hub's name and still good.
 *
 * @param anchor the hub's own entity id
 */
record FederatedIssuers(String anchor) {
    /** What an entity id stands for. */
    sealed interface Subject {
        /** A subordinate of this hub. */
        record Subordinate(RegisteredIssuer issuer, EntityConfiguration configuration) implements Subject {}

        /** None now; {@code why} says what is missing. */
        record OutOfStanding(String why) implements Subject {}

        /** Nobody this hub ever knew. */
        record Unknown() implements Subject {}
    }

    Subject subject(String entityId, RegistrySnapshot snapshot, Instant now) {
        return EntityId.parse(entityId)
                .filter(entity -> entity.anchor().equals(anchor))
                .flatMap(entity -> snapshot.issuer(entity.issuer()))
                .map(issuer -> subject(issuer, snapshot, now))
                .orElseGet(Subject.Unknown::new);
    }

    private Subject subject(RegisteredIssuer issuer, RegistrySnapshot snapshot, Instant now) {
        if (snapshot.standing(issuer.id(), now).isPresent()) {
            return new Subject.OutOfStanding(
                    "Issuer " + issuer.id() + " is suspended, has left, or nobody answers for it any more");
        }
        Optional<EntityConfiguration> configuration = deposited(issuer);
        if (configuration.isEmpty()) {
            return new Subject.OutOfStanding(
                    "Issuer " + issuer.id()
                            + " takes no part in this hub's federation: it has deposited no entity configuration under this hub's name");
        }
        if (!now.isBefore(configuration.get().expiresAt())) {
            return new Subject.OutOfStanding("The entity configuration of issuer " + issuer.id() + " ended at "
                    + configuration.get().expiresAt());
        }
        return new Subject.Subordinate(issuer, configuration.get());
    }

    /** What the issuer says about itself as a subordinate of this hub. */
    Optional<EntityConfiguration> deposited(RegisteredIssuer issuer) {
        return issuer.entityConfiguration()
                .filter(configuration -> configuration.entity().anchor().equals(anchor));
    }

    /** All subordinates, in the order of their ids. */
    List<EntityId> all(RegistrySnapshot snapshot, Instant now) {
        return snapshot.issuers().stream()
                .filter(issuer -> subject(issuer, snapshot, now) instanceof Subject.Subordinate)
                .map(issuer -> new EntityId(anchor, issuer.id()))
                .toList();
    }
}
