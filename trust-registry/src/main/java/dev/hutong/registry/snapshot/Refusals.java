package dev.hutong.registry.snapshot;

import dev.hutong.registry.IssuerId;
import dev.hutong.registry.IssuerStanding.Status;
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
        RegisteredIssuer below = issuer;
        for (int levels = 1; below.parent().isPresent(); levels++) {
            IssuerId parent = below.parent().get();
            RegisteredIssuer above = idToIssuer.get(parent);
            if (above == null || above.status() == Status.WITHDRAWN) {
                return Optional.of(refusal(issuer, Ground.NOT_DELEGATED, parent + ", above it, is there no longer"));
            }
            if (above.suspended()) {
                return Optional.of(
                        refusal(issuer, Ground.ISSUER_SUSPENDED, parent + ", above it, is suspended" + why(above)));
            }
            if (above.delegation().isEmpty() || !above.delegation().get().covers(issuer.id(), levels, at)) {
                return Optional.of(refusal(issuer, Ground.NOT_DELEGATED, parent + ", above it, may not answer for it"));
            }
            below = above;
        }
        return Optional.empty();
    }

    private Optional<Refusal> ofKey(RegisteredIssuer issuer, RegisteredKey key) {
        Optional<IssuerId> objecting = whoMayNotAnswerFor(issuer, key);
        if (objecting.isPresent()) {
            return refusal(
                    issuer,
                    key,
                    Ground.NOT_DELEGATED,
                    objecting.get() + ", above its issuer, may not answer for "
                            + key.jwk().algorithm().jose());
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

    private Optional<IssuerId> whoMayNotAnswerFor(RegisteredIssuer issuer, RegisteredKey key) {
        RegisteredIssuer below = issuer;
        while (below.parent().isPresent()) {
            RegisteredIssuer above = idToIssuer.get(below.parent().get());
            if (above == null
                    || above.delegation().isEmpty()
                    || !above.delegation().get().algorithms().contains(key.jwk().algorithm())) {
                return below.parent();
            }
            below = above;
        }
        return Optional.empty();
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
