package dev.hutong.hub;

import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.KeyOffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * A province with keys of every kind, a city below it that signs with SM2 alone, a city that was suspended two days ago, and an issuer that
 * deposited nothing.
 */
final class FederatedProvinces {
    static final String NATIONAL = "000000.national";

    final Instant now;
    final Instant founded;
    final Instant suspended;
    final FoundedLog log;
    final PrivateJwk province = FoundedLog.key(SignatureAlgorithm.ES256);
    final PrivateJwk provinceSm2 = FoundedLog.key(SignatureAlgorithm.SM2);
    final PrivateJwk provinceLost = FoundedLog.key(SignatureAlgorithm.EDDSA);
    final PrivateJwk city = FoundedLog.key(SignatureAlgorithm.SM2);
    final PrivateJwk federationKey;

    FederatedProvinces(Path data, String hub, Instant now, InstantSource clock) {
        this.now = now;
        this.founded = now.minus(Duration.ofDays(20));
        this.suspended = now.minus(Duration.ofDays(2));
        this.log = new FoundedLog(data, founded);
        PrivateJwk other = FoundedLog.key(SignatureAlgorithm.ES256);
        PrivateJwk national = FoundedLog.key(SignatureAlgorithm.EDDSA);
        IssuerId id = new IssuerId(Codes.GUANGDONG);
        log.register(founded, Codes.GUANGDONG, province);
        log.register(founded, Codes.HANGZHOU, other);
        log.register(founded, NATIONAL, national);
        log.enact(founded, new AddKey(id, KeyOffer.unbounded(provinceSm2.publicJwk())), provinceSm2, province);
        log.enact(founded, new AddKey(id, KeyOffer.unbounded(provinceLost.publicJwk())), provinceLost, province);
        log.enact(
                founded,
                new Delegate(
                        id,
                        Optional.of(new Delegation(
                                "44", Set.of("suikangma"), Set.of(SignatureAlgorithm.SM2), 1, Optional.empty()))),
                province);
        log.registerBelow(founded, Codes.GUANGDONG, province, Codes.GUANGZHOU, city);
        this.federationKey = log.federate(founded, hub, Codes.GUANGDONG, province);
        log.federate(founded, hub, Codes.GUANGZHOU, city);
        log.federate(founded, hub, Codes.HANGZHOU, other);
        log.enact(suspended, new SuspendIssuer(new IssuerId(Codes.HANGZHOU)), other);
        log.enact(
                suspended,
                new RevokeKey(id, KeyId.of(provinceLost.publicJwk()), RevocationReason.COMPROMISED, suspended, false),
                log.anna);
        log.write(clock);
    }
}
