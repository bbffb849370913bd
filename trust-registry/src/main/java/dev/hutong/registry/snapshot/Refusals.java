package dev.hutong.registry.snapshot;

import dev.hutong.registry.Ancestry;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.Objection;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.Revocation;
import dev.hutong.registry.snapshot.Refusal.Ground;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds what is not good at one instant, and says why in words. Decides as the hub does, from nothing but what is published. */
final class Refusals {
    private final Map<IssuerId, RegisteredIssuer> idToIssuer;
    private final Instant at;

    private Refusals(Map<IssuerId, RegisteredIssuer> idToIssuer, Instant at) {
        this.idToIssuer = idToIssuer;
        this.at = at;
    }

    /** In the order of the issuers, each before its keys. */
    static List<Refusal> among(Collection<RegisteredIssuer> issuers, Instant at) {
        Refusals refusals =
                new Refusals(issuers.stream().collect(Collectors.toMap(RegisteredIssuer::id, Function.identity())), at);
        List<Refusal> all = new ArrayList<>();
        issuers.forEach(issuer -> refusals.of(issuer, all));
        return List.copyOf(all);
    }

    private void of(RegisteredIssuer issuer, List<Refusal> all) {
        Optional<Refusal> refused = ofItself(issuer).or(() -> ofThoseAbove(issuer));
        refused.ifPresent(all::add);
        for (RegisteredKey key : issuer.keys()) {
            refused.map(issuers -> new Refusal(
                            issuer.id(), Optional.of(key.id()), issuers.ground(), "its issuer: " + issuers.reason()))
                    .or(() -> ofKey(issuer, key))
                    .ifPresent(all::add);
        }
    }

    private static Optional<Refusal> ofItself(RegisteredIssuer issuer) {
        return switch (issuer.status()) {
            case REGISTERED -> Optional.empty();
            case SUSPENDED -> Optional.of(refusal(issuer, Ground.ISSUER_SUSPENDED, "suspended" + why(issuer)));
            case WITHDRAWN -> Optional.of(refusal(issuer, Ground.ISSUER_WITHDRAWN, "withdrawn" + why(issuer)));
        };
    }

    private Optional<Refusal> ofThoseAbove(RegisteredIssuer issuer) {
        return Ancestry.objectionTo(issuer, idToIssuer, at)
                .map(objection -> refusal(issuer, ground(objection), words(objection)));
    }

    private static Ground ground(Objection objection) {
        return objection instanceof Objection.Suspended ? Ground.ISSUER_SUSPENDED : Ground.NOT_DELEGATED;
    }

    private String words(Objection objection) {
        String why = objection instanceof Objection.Suspended(IssuerId above)
                ? Optional.ofNullable(idToIssuer.get(above)).map(Refusals::why).orElse("")
                : "";
        return objection.above() + ", above it, " + objection.words() + why;
    }

    private Optional<Refusal> ofKey(RegisteredIssuer issuer, RegisteredKey key) {
        Optional<Objection> objection = Ancestry.objectionTo(issuer, key.jwk().algorithm(), idToIssuer);
        if (objection.isPresent()) {
            return refusal(issuer, key, ground(objection.get()), "its issuer: " + words(objection.get()));
        }
        return switch (key.stateAt(at)) {
            case PRE_PUBLISHED, ACTIVE, VERIFY_ONLY -> Optional.empty();
            case SUSPENDED ->
                refusal(
                        issuer,
                        key,
                        Ground.KEY_SUSPENDED,
                        "suspended since " + key.standing().since() + ": "
                                + key.standing().state().reason());
            case EXPIRED ->
                refusal(
                        issuer,
                        key,
                        Ground.KEY_EXPIRED,
                        "nothing that it signed is good since "
                                + key.verifyUntil().map(Instant::toString).orElseThrow());
            case REVOKED -> ofRevocation(issuer, key);
        };
    }

    private static Optional<Refusal> ofRevocation(RegisteredIssuer issuer, RegisteredKey key) {
        return key.revocation()
                .flatMap(revocation -> refusal(
                        issuer,
                        key,
                        Ground.KEY_REVOKED,
                        meaning(revocation) + ": " + key.standing().state().reason()));
    }

    private static String meaning(Revocation revocation) {
        return switch (revocation.reason()) {
            case COMPROMISED -> "compromised, nothing under it is good, whenever it says it was signed";
            case SUPERSEDED -> "superseded, what it signed before " + revocation.cutOff() + " stays good";
            case CEASED -> "ceased, what it signed before " + revocation.cutOff() + " stays good";
        };
    }

    private static String why(RegisteredIssuer issuer) {
        return " since " + issuer.standing().since() + ": "
                + issuer.standing().state().reason();
    }

    private static Refusal refusal(RegisteredIssuer issuer, Ground ground, String reason) {
        return new Refusal(issuer.id(), Optional.empty(), ground, reason);
    }

    private static Optional<Refusal> refusal(RegisteredIssuer issuer, RegisteredKey key, Ground ground, String reason) {
        return Optional.of(new Refusal(issuer.id(), Optional.of(key.id()), ground, reason));
    }
}
