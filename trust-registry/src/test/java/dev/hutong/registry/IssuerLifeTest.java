package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.ED25519;
import static dev.hutong.registry.Fixtures.GUANGDONG;
import static dev.hutong.registry.Fixtures.HANGZHOU;
import static dev.hutong.registry.Fixtures.NOW;
import static dev.hutong.registry.Fixtures.P256;
import static dev.hutong.registry.Fixtures.idOf;
import static dev.hutong.registry.UnsignedRegistry.addition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.IssuerStanding.Status;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.ResumeIssuer;
import dev.hutong.registry.proposal.Action.ResumeKey;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import dev.hutong.registry.proposal.Delegation;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerLifeTest {
    private static final SuspendIssuer SUSPENSION = new SuspendIssuer(GUANGDONG);
    private static final ResumeIssuer RESUMPTION = new ResumeIssuer(GUANGDONG);
    private static final WithdrawIssuer WITHDRAWAL = new WithdrawIssuer(GUANGDONG);
    private static final Delegation DELEGATION =
            new Delegation("44", Set.of("citycode"), Set.of(SignatureAlgorithm.ES256), 1, Optional.empty());

    private final UnsignedRegistry registry = UnsignedRegistry.with(GUANGDONG);

    @Test
    void anIssuerIsSuspendedAndResumedAnyNumberOfTimes() {
        assertThat(status()).isEqualTo(Status.REGISTERED);
        for (int i = 0; i < 3; i++) {
            EventRefusal notSuspended = registry.refusal(RESUMPTION);
            assertThat(notSuspended.ground()).isEqualTo(Ground.NOT_SUSPENDED);
            assertThat(notSuspended.detail()).contains("it can be suspended or withdrawn");
            registry.apply(SUSPENSION);
            assertThat(status()).isEqualTo(Status.SUSPENDED);
            EventRefusal suspended = registry.refusal(SUSPENSION);
            assertThat(suspended.ground()).isEqualTo(Ground.ALREADY_SUSPENDED);
            assertThat(suspended.detail()).contains("it can be resumed or withdrawn");
            registry.apply(RESUMPTION);
            assertThat(status()).isEqualTo(Status.REGISTERED);
        }
    }

    @Test
    void anIssuerKnowsSinceWhenItStandsSoAndWhy() {
        registry.now = NOW.plusSeconds(7);
        registry.apply(SUSPENSION);
        RegisteredIssuer issuer = registry.issuer(GUANGDONG);
        assertThat(issuer.registeredAt()).isEqualTo(NOW);
        assertThat(issuer.standing().since()).isEqualTo(NOW.plusSeconds(7));
        assertThat(issuer.standing().state().reason()).isEqualTo("because");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoLeftHasLeftForEver(boolean suspendedBefore) {
        registry.apply(addition(GUANGDONG, P256));
        if (suspendedBefore) {
            registry.apply(SUSPENSION);
        }
        registry.apply(WITHDRAWAL);
        for (Action.OfIssuer action : List.of(
                SUSPENSION,
                RESUMPTION,
                WITHDRAWAL,
                new Delegate(GUANGDONG, Optional.of(DELEGATION)),
                addition(GUANGDONG, ED25519),
                new SuspendKey(GUANGDONG, idOf(P256)),
                new ResumeKey(GUANGDONG, idOf(P256)),
                new RevokeKey(GUANGDONG, idOf(P256), RevocationReason.COMPROMISED, NOW, true))) {
            EventRefusal refusal = registry.refusal(action);
            assertThat(refusal.ground()).isEqualTo(Ground.ISSUER_WITHDRAWN);
            assertThat(refusal.detail()).contains("for ever").contains("another id");
        }
        assertThat(registry.refusal(registration("back again", Optional.empty()))
                        .ground())
                .isEqualTo(Ground.ISSUER_ALREADY_REGISTERED);
        assertThat(status()).isEqualTo(Status.WITHDRAWN);
        assertThat(registry.issuer(GUANGDONG).keys()).hasSize(1);
    }

    @Test
    void whatConcernsNobodyNamesThoseThereAre() {
        for (Action.OfIssuer action :
                List.of(new SuspendIssuer(HANGZHOU), new WithdrawIssuer(HANGZHOU), addition(HANGZHOU, P256))) {
            EventRefusal refusal = registry.refusal(action);
            assertThat(refusal.ground()).isEqualTo(Ground.UNKNOWN_ISSUER);
            assertThat(refusal.detail()).contains(GUANGDONG.value());
        }
        assertThat(new UnsignedRegistry().refusal(SUSPENSION).detail()).contains("the registry is empty");
        assertThat(registry.refusal(new SuspendKey(GUANGDONG, idOf(P256))).detail())
                .contains("its keys are none");
    }

    @Test
    void aDelegationIsGivenReplacedAndEnded() {
        EventRefusal refusal = registry.refusal(new Delegate(GUANGDONG, Optional.empty()));
        assertThat(refusal.ground()).isEqualTo(Ground.NOT_DELEGATED);
        assertThat(refusal.detail()).contains("one can be given");
        registry.apply(new Delegate(GUANGDONG, Optional.of(DELEGATION)));
        assertThat(registry.issuer(GUANGDONG).delegation()).contains(DELEGATION);
        registry.apply(SUSPENSION);
        assertThat(registry.issuer(GUANGDONG).delegation()).contains(DELEGATION);
        registry.apply(new Delegate(GUANGDONG, Optional.empty()));
        assertThat(registry.issuer(GUANGDONG).delegation()).isEmpty();
        assertThat(status()).isEqualTo(Status.SUSPENDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two\nlines",
                "two\u2028lines",
                "two\u2029paragraphs",
                "turned\u202eback",
                "turned\u202aback",
                "isolated\u2066text",
                "isolated\u2069text",
                "bell\u0007",
                " "
            })
    void aNameIsOneLineThatReadsAsItIsWritten(String name) {
        EventRefusal refusal = new UnsignedRegistry().refusal(registration(name, Optional.empty()));
        assertThat(refusal.ground()).isEqualTo(Ground.MALFORMED_TEXT);
        assertThat(refusal.detail()).contains("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"粤康码", "ترميز", "a\u2027b\u202fc\u2065d\u206ae", "👩‍⚕️"})
    void aNameMayBeInAnyScript(String name) {
        new UnsignedRegistry().apply(registration(name, Optional.empty()));
    }

    @Test
    void aPlatformThatTheRuleForbidsIsRefused() {
        assertThat(new UnsignedRegistry()
                        .refusal(registration("a", Optional.of(URI.create("http://platform.example"))))
                        .ground())
                .isEqualTo(Ground.PLATFORM_NOT_ALLOWED);
    }

    private Status status() {
        return registry.issuer(GUANGDONG).status();
    }

    private static RegisterIssuer registration(String name, Optional<URI> platform) {
        return new RegisterIssuer(GUANGDONG, name, platform, Optional.empty(), Optional.empty());
    }
}
