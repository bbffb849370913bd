package dev.hutong.hub.bundle;

import dev.hutong.hub.resolve.Ledger;
import dev.hutong.hub.resolve.Resolver;
import dev.hutong.hub.resolve.RulesInForce;
import dev.hutong.hub.resolve.Shadow;
import dev.hutong.mapping.Explanations;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.province.PlatformReply;
import dev.hutong.province.Platforms;
import dev.hutong.registry.ConfirmedSnapshot;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.snapshot.SyncOutcome.Ground;
import dev.hutong.registry.snapshot.SyncedRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What a hub resolves codes by at one time, read from one signed file.
 *
 * @param hub who signed it, the {@code iss} of its decisions too
 * @param issuedAt when this was all that its registry held
 * @param expires the first instant at which nobody may decide by it any more
 * @param synced its registry, as one that a client took over
 * @param versions every format package that the hub knows, in force or not
 * @param policies the destinations' policies
 * @param explanations the texts
 */
public record Bundle(
        String hub,
        Instant issuedAt,
        Instant expires,
        SyncedRegistry synced,
        FormatVersions versions,
        Policies policies,
        Explanations explanations) {
    /** The {@code typ} of its header. */
    public static final String TYPE = "hutong-bundle+jwt";

    private static final Future<PlatformReply> NOBODY =
            Future.succeededFuture(new PlatformReply.Missing("offline; no platform was asked"));

    /** What a file was read as. */
    public sealed interface Reading {
        /** It is the hub's, whole, and good at the instant that was asked about. */
        record Usable(Bundle bundle) implements Reading {}

        /** It is not to be used; {@code reason} says why, in words for people. */
        record Refused(Ground ground, String reason) implements Reading {}
    }

    /**
     * Reads a bundle in order to decide by it.
     *
     * @param octets the file
     * @param hubKey the key that must have signed it, known from elsewhere
     * @param now the instant at which it must be good
     */
    public static Reading read(byte[] octets, PublicJwk hubKey, SignatureProviders providers, Instant now) {
        return new BundleReader(hubKey, providers).read(octets, now);
    }

    /**
     * Reads a bundle in order to look into what was decided by it: however old it is. Nobody may be let in by what it says.
     *
     * @param octets the file
     * @param hubKey the key that must have signed it, known from elsewhere
     */
    public static Reading readOfAnyAge(byte[] octets, PublicJwk hubKey, SignatureProviders providers) {
        return new BundleReader(hubKey, providers).readOfAnyAge(octets);
    }

    /** The issuers and keys of its registry; a copy, without the log's hashes. */
    public RegistrySnapshot registry() {
        return synced.snapshot();
    }

    /**
     * Resolves codes as the hub does, with nobody to ask: what only an issuer's platform can tell is ISSUER_UNAVAILABLE.
     *
     * @param clock of the process
     */
    public Resolver resolver(InstantSource clock) {
        ConfirmedSnapshot confirmed = new ConfirmedSnapshot(registry(), issuedAt);
        return new Resolver(
                () -> confirmed,
                Duration.between(issuedAt, expires).minusMillis(1),
                new RulesInForce(versions, policies, clock.instant()),
                new Platforms((url, json, within) -> NOBODY, clock, Duration.ofSeconds(1)),
                explanations,
                clock,
                Shadow.NONE,
                Ledger.NONE);
    }

    /** Whether it may be decided by at this instant. */
    public boolean isGoodAt(Instant now) {
        return now.isBefore(expires);
    }
}
