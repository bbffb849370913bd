package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hutong.conformance.province.Registration;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryEvent;
import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code hutong translate} against a hub that knows the demo's provinces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TranslateIT {
    private final InstantSource clock = InstantSource.system();
    private VirtualProvinces provinces;
    private WatchedHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        provinces = VirtualProvinces.startDemo(clock);
        register(data);
        hub = WatchedHub.start(data, clock);
    }

    @AfterAll
    void stop() {
        hub.close();
        provinces.close();
    }

    @Test
    void aYellowIsShownWithItsClaimsItsLossesAndItsToken() {
        InProcess run = translate("yuekangma", 2, "--vocabulary", "1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("into yuekangma@1.0.0", "mz  R", "loss: risk MEDIUM -> HIGH")
                .containsPattern("(?m)^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}$");
    }

    @Test
    void aBlueIsRefusedWithWhatCannotBeSaid() {
        InProcess run = translate("hangzhou", 0);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("refused, nothing is signed: qualifiers SELF_DECLARED -> nothing");
    }

    @Test
    void jsonIsTheHubsAnswer() throws Exception {
        InProcess run = translate("national", 1, "--json");

        assertThat(new ObjectMapper().readTree(run.out()).at("/claims/act/iss").textValue())
                .isEqualTo("440100.suikangma");
    }

    @Test
    void aFormatThatIsNoneIsTheHubsProblem() {
        InProcess run = translate("atlantis", 1);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("The hub answered 400", "hangzhou");
    }

    private InProcess translate(String to, int level, String... more) {
        long now = clock.instant().getEpochSecond();
        String code = provinces
                .province("440100.suikangma")
                .sign(JsonNodeFactory.instance
                        .objectNode()
                        .put("iss", "440100.suikangma")
                        .put("jti", "a-code")
                        .put("sub", "a-pseudonym")
                        .put("iat", now)
                        .put("exp", now + 300)
                        .put("pv", 2)
                        .put("lv", level)
                        .put("sbsj", (now - 3_600) * 1_000))
                .text();
        List<String> arguments =
                new ArrayList<>(List.of("translate", "--hub", hub.url().toString(), "--to", to));
        arguments.addAll(List.of(more));
        arguments.add(code);
        return InProcess.run(arguments.toArray(String[]::new));
    }

    private void register(Path data) {
        if (!(RegistryFolder.tryOpen(data) instanceof RegistryFolder.Opened(RegistryFolder folder))) {
            throw new IllegalStateException(data + " cannot be opened");
        }
        Instant now = clock.instant();
        List<RegistryEvent> events = new ArrayList<>();
        for (Registration province : provinces.registrations()) {
            IssuerId issuer = new IssuerId(province.issuerId());
            events.add(new IssuerRegistered(now, issuer, province.name(), province.platform()));
            province.publicJwks()
                    .forEach(jwk -> events.add(
                            new KeyActivated(now, issuer, publicKey(jwk), Optional.empty(), Optional.empty(), "test")));
        }
        try (folder;
                Registry registry = Registry.open(folder.log(), SignatureProviders.choose(), clock)) {
            assertThat(registry.append(events)).isInstanceOf(Registry.Appended.class);
        }
    }

    private static PublicJwk publicKey(String jwk) {
        return switch (PublicJwk.parse(jwk.getBytes(StandardCharsets.UTF_8))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) -> key;
            case KeyAdmission.Refused<PublicJwk> refused -> throw new IllegalStateException(refused.explanation());
        };
    }
}
