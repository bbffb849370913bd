package dev.hutong.hub.federation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.hub.federation.FederatedIssuers.Subject.OutOfStanding;
import dev.hutong.hub.federation.FederatedIssuers.Subject.Subordinate;
import dev.hutong.hub.federation.FederatedIssuers.Subject.Unknown;
import dev.hutong.hub.federation.FederationAnswer.Fault;
import dev.hutong.hub.federation.FederationAnswer.Given;
import dev.hutong.hub.federation.FederationAnswer.Refused;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.IssuerStanding.Status;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.proposal.EntityConfiguration;
import dev.hutong.registry.proposal.EntityId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What this hub says as the trust anchor of its issuers (OpenID Federation 1.0). Every statement is made from the registry as it stands and
 * signed when it is asked for. Safe for any number of threads.
 */
public final class FederationStatements {
    /** How long a client that keeps a chain goes on trusting an issuer that was suspended meanwhile. */
    static final Duration SUBORDINATE_LIVES = Duration.ofHours(1);

    private static final Duration ANCHOR_LIVES = Duration.ofDays(1);
    private static final Set<String> ENTITY_TYPES = Set.of(IssuerMetadata.ENTITY, IssuerMetadata.ISSUER);

    private final String anchor;
    private final CompactJwsSigner signer;
    private final List<FederationKeys.Former> formerKeys;
    private final FreshRegistry registry;
    private final FederatedIssuers issuers;

    /**
     * @param anchor the hub's entity id, its public URL
     * @param signer has the hub's federation key
     */
    public FederationStatements(
            String anchor, CompactJwsSigner signer, List<FederationKeys.Former> formerKeys, FreshRegistry registry) {
        this.anchor = anchor;
        this.signer = signer;
        this.formerKeys = formerKeys;
        this.registry = registry;
        this.issuers = new FederatedIssuers(anchor);
    }

    /** What the hub says about itself: an entity configuration without superiors. */
    public String ownConfiguration() {
        Instant now = registry.now();
        ObjectNode claims = claims(anchor, now, now.plus(ANCHOR_LIVES));
        claims.putObject("jwks").putArray("keys").add(signer.key().toJson());
        claims.putObject("metadata")
                .putObject(IssuerMetadata.ENTITY)
                .put("federation_fetch_endpoint", anchor + "/federation/fetch")
                .put("federation_list_endpoint", anchor + "/federation/list")
                .put("federation_resolve_endpoint", anchor + "/federation/resolve")
                .put("federation_historical_keys_endpoint", anchor + "/federation/historical-keys");
        return signer.sign(EntityConfiguration.TYPE, claims);
    }

    /** What an issuer says about itself, as it deposited it. While it is suspended too: it is its own word, worth nothing alone. */
    public FederationAnswer configurationOf(String issuer) {
        return answer(snapshot -> IssuerId.parse(issuer)
                .flatMap(snapshot::issuer)
                .filter(known -> known.status() != Status.WITHDRAWN)
                .flatMap(issuers::deposited)
                .<FederationAnswer>map(deposited -> new Given(deposited.text()))
                .orElseGet(() -> new Refused(
                        Fault.NOT_FOUND, "No issuer of this name has deposited an entity configuration here")));
    }

    /** What the hub says about a subordinate. */
    public FederationAnswer subordinateStatement(String subject) {
        if (subject.equals(anchor)) {
            return new Refused(Fault.INVALID_REQUEST, "The hub makes no statement of this kind about itself");
        }
        return answer(snapshot -> switch (issuers.subject(subject, snapshot, registry.now())) {
            case Subordinate of -> new Given(statement(of, snapshot, registry.now()));
            case OutOfStanding(String why) -> new Refused(Fault.NOT_FOUND, why);
            case Unknown() -> new Refused(Fault.NOT_FOUND, "The hub has no such subordinate");
        });
    }

    private String statement(Subordinate of, RegistrySnapshot snapshot, Instant now) {
        ObjectNode claims = claims(of.configuration().entity().value(), now, now.plus(SUBORDINATE_LIVES));
        claims.putObject("jwks").putArray("keys").add(of.configuration().key().toJson());
        claims.put("source_endpoint", anchor + "/federation/fetch");
        claims.putObject("constraints")
                .put("max_path_length", 0)
                .putArray("allowed_entity_types")
                .add(IssuerMetadata.ISSUER);
        claims.set("metadata", IssuerMetadata.of(of.issuer(), anchor, snapshot, now));
        return signer.sign(EntityConfiguration.TYPE, claims);
    }

    /**
     * The entity ids of all subordinates, as a JSON array.
     *
     * @param entityTypes only those that have all of these types
     * @param intermediatesOnly only those with subordinates of their own, of which there are none
     */
    public FederationAnswer subordinates(List<String> entityTypes, boolean intermediatesOnly) {
        return answer(snapshot -> {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            if (!intermediatesOnly && ENTITY_TYPES.containsAll(entityTypes)) {
                issuers.all(snapshot, registry.now()).stream()
                        .map(EntityId::value)
                        .forEach(list::add);
            }
            return new Given(list.toString());
        });
    }

    /**
     * An issuer's chain up to this hub, put together and its metadata resolved.
     *
     * @param trustAnchors which the client trusts; this hub must be one of them
     * @param entityTypes which metadata is wanted; all where there are none
     */
    public FederationAnswer resolve(String subject, List<String> trustAnchors, List<String> entityTypes) {
        if (!trustAnchors.contains(anchor)) {
            return new Refused(Fault.INVALID_TRUST_ANCHOR, "The only trust anchor here is " + anchor);
        }
        return answer(snapshot -> switch (issuers.subject(subject, snapshot, registry.now())) {
            case Subordinate of -> new Given(resolved(of, entityTypes, snapshot));
            case OutOfStanding(String why) -> new Refused(Fault.INVALID_SUBJECT, why);
            case Unknown() -> new Refused(Fault.NOT_FOUND, "The hub has no such subordinate");
        });
    }

    private String resolved(Subordinate of, List<String> entityTypes, RegistrySnapshot snapshot) {
        Instant now = registry.now();
        Instant shortest = now.plus(SUBORDINATE_LIVES);
        Instant configurationEnds = of.configuration().expiresAt();
        ObjectNode claims = claims(
                of.configuration().entity().value(),
                now,
                configurationEnds.isBefore(shortest) ? configurationEnds : shortest);
        ObjectNode metadata = IssuerMetadata.of(of.issuer(), anchor, snapshot, now);
        claims.set("metadata", entityTypes.isEmpty() ? metadata : metadata.retain(entityTypes));
        claims.putArray("trust_chain")
                .add(of.configuration().text())
                .add(statement(of, snapshot, now))
                .add(ownConfiguration());
        return signer.sign("resolve-response+jwt", claims);
    }

    /** The keys that the hub signed statements with before; an issuer's former keys stand in its metadata. */
    public String historicalKeys() {
        ObjectNode claims = JsonNodeFactory.instance.objectNode().put("iss", anchor);
        claims.put("iat", registry.now().getEpochSecond());
        ArrayNode keys = claims.putArray("keys");
        for (FederationKeys.Former former : formerKeys) {
            ObjectNode json = former.key().toJson().put("exp", former.ended().getEpochSecond());
            if (former.compromised()) {
                json.putObject("revoked")
                        .put("revoked_at", former.ended().getEpochSecond())
                        .put("reason", "compromised");
            }
            keys.add(json);
        }
        return signer.sign("jwk-set+jwt", claims);
    }

    private ObjectNode claims(String subject, Instant issuedAt, Instant expiresAt) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("iss", anchor)
                .put("sub", subject)
                .put("iat", issuedAt.getEpochSecond())
                .put("exp", expiresAt.getEpochSecond());
    }

    private FederationAnswer answer(Function<RegistrySnapshot, FederationAnswer> question) {
        Optional<RegistrySnapshot> present = registry.present();
        return present.isPresent()
                ? question.apply(present.get())
                : new Refused(
                        Fault.TEMPORARILY_UNAVAILABLE, "The registry has not been confirmed lately: try again later");
    }
}
