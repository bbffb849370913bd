package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.GUANGDONG;
import static dev.hutong.registry.Fixtures.HANGZHOU;
import static dev.hutong.registry.Fixtures.NOW;
import static dev.hutong.registry.Fixtures.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.LocalRegistration.Result;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.jose.PublicJwk;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalRegistrationTest {
    private static final Optional<URI> NO_PLATFORM = Optional.empty();
    private static final Optional<URI> PLATFORM = Optional.of(URI.create("http://127.0.0.1:1234"));

    private static final PublicJwk P256 = Fixtures.P256.publicJwk();
    private static final PublicJwk SM2 = Fixtures.SM2.publicJwk();

    private final Registry registry = Registry.open(new InMemoryRegistryLog(), PROVIDERS, () -> NOW);
    private final LocalRegistration local = new LocalRegistration(registry, () -> NOW);

    @Test
    void aNewIssuerIsRegisteredAndItsKeyIsActiveAtOnce() {
        assertThat(local.add(GUANGDONG, "粤康码", NO_PLATFORM, P256)).isEqualTo(new Result.Added(true, KeyId.of(P256)));
        RegisteredIssuer issuer = registry.snapshot().issuer(GUANGDONG).orElseThrow();
        assertThat(issuer.name()).isEqualTo("粤康码");
        assertThat(issuer.keys()).singleElement().satisfies(key -> {
            assertThat(key.notBefore()).isEmpty();
            assertThat(key.origin()).isEqualTo(KeyActivated.LOCAL_DEVELOPMENT);
        });
    }

    @Test
    void anIssuerThatExistsGetsOneMoreKey() {
        local.add(GUANGDONG, "粤康码", NO_PLATFORM, P256);
        assertThat(local.add(GUANGDONG, "粤康码", NO_PLATFORM, SM2)).isEqualTo(new Result.Added(false, KeyId.of(SM2)));
        assertThat(registry.snapshot().issuer(GUANGDONG).orElseThrow().keys()).hasSize(2);
    }

    @Test
    void anotherNameIsRefusedAndNothingIsChanged() {
        local.add(GUANGDONG, "粤康码", NO_PLATFORM, P256);
        assertRefused(local.add(GUANGDONG, "粤", NO_PLATFORM, SM2), "粤康码");
        assertThat(registry.snapshot().checkpoint().size()).isEqualTo(2);
    }

    @Test
    void anotherPlatformIsRefusedButNoneLeavesItAsItIs() {
        local.add(HANGZHOU, "杭州健康码", PLATFORM, P256);
        assertRefused(local.add(HANGZHOU, "杭州健康码", Optional.of(URI.create("http://127.0.0.1:9")), SM2), "1234");
        assertThat(local.add(HANGZHOU, "杭州健康码", NO_PLATFORM, SM2)).isInstanceOf(Result.Added.class);
        assertThat(registry.snapshot().issuer(HANGZHOU).orElseThrow().platform())
                .isEqualTo(PLATFORM);
    }

    @Test
    void aKeyThatAnyIssuerHasIsRefused() {
        local.add(GUANGDONG, "粤康码", NO_PLATFORM, P256);
        assertRefused(local.add(GUANGDONG, "粤康码", NO_PLATFORM, P256), P256.kid());
        assertRefused(local.add(HANGZHOU, "杭州健康码", PLATFORM, P256), P256.kid());
        assertThat(registry.snapshot().issuer(HANGZHOU)).isEmpty();
    }

    @Test
    void aPlatformOfPlainHttpElsewhereThanOnTheLoopbackIsRefused() {
        assertRefused(local.add(HANGZHOU, "杭州健康码", Optional.of(URI.create("http://example.org")), P256), "https");
        assertThat(registry.snapshot().checkpoint().size()).isZero();
    }

    private static void assertRefused(Result result, String saying) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> assertThat(refused.why()).contains(saying));
    }
}
