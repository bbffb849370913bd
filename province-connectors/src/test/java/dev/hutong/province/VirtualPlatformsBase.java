package dev.hutong.province;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.province.Behaviour;
import dev.hutong.conformance.province.MintedCode;
import dev.hutong.conformance.province.VirtualPlatform;
import dev.hutong.conformance.province.VirtualProvince;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.registry.RegistrySnapshot;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Two platforms that sign, on loopback, and a hub's side that asks them; both at one fixed instant. */
abstract class VirtualPlatformsBase {
    /** Long enough that nothing on loopback takes as long, on a busy machine too. */
    static final Duration PATIENT = Duration.ofSeconds(20);
    /** For what never answers, however long it is waited for. */
    static final Duration IMPATIENT = Duration.ofMillis(400);

    static Vertx vertx;
    static HttpPlatformClient client;
    static VirtualProvinces provinces;
    static VirtualProvince city;
    static VirtualProvince state;
    static RegistrySnapshot registry;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        client = new HttpPlatformClient(vertx);
        provinces = VirtualProvinces.startDemo(InstantSource.fixed(Codes.NOW));
        city = provinces.province(Codes.HANGZHOU);
        state = provinces.province(Codes.NATIONAL);
        registry = registryOf(provinces).snapshot();
    }

    @AfterAll
    static void stop() throws Exception {
        provinces.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, SECONDS);
    }

    /** All of them as they want to be registered. */
    static TestRegistry registryOf(VirtualProvinces virtual) {
        TestRegistry registry = TestRegistry.empty();
        virtual.registrations().forEach(registration -> {
            registry.issuer(registration.issuerId(), registration.platform().orElse(null));
            registration.publicJwks().forEach(jwk -> registry.key(registration.issuerId(), jwk, null, null));
        });
        return registry;
    }

    static ObjectNode green() {
        return JsonNodeFactory.instance.objectNode().put("level", "green").put("zjgxsj", "2026-01-05 15:00:00");
    }

    static ObjectNode report() {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.putObject("data")
                .putArray("healthyReport")
                .addObject()
                .put("dataSource", "广东省")
                .put("healthyStaus", "00")
                .put("reason", "")
                .put("date", "2026-01-04");
        return record;
    }

    /** Asks the city, whose platform behaves so for this one code. */
    static Outcome<SignedClaims> city(Behaviour behaviour) {
        return ask(city.virtualPlatform().issue(green(), behaviour), registry, PATIENT);
    }

    /** Asks the state, whose platform behaves so at each step for this one code. */
    static Outcome<SignedClaims> state(Behaviour... behaviours) {
        return ask(state.virtualPlatform().issue(report(), behaviours), registry, PATIENT);
    }

    static void assertCity(Behaviour behaviour, Reason reason) {
        VirtualPlatform platform = city.virtualPlatform();
        MintedCode code = platform.issue(green(), behaviour);
        Codes.assertRefused(ask(code, registry, PATIENT), reason);
        assertThat(platform.requests(code.input())).isEqualTo(1);
    }

    static void assertStep(int step, Behaviour behaviour, Reason reason) {
        VirtualPlatform platform = state.virtualPlatform();
        MintedCode code = step == 0
                ? platform.issue(report(), behaviour)
                : platform.issue(report(), Behaviour.honest(), behaviour);
        Codes.assertRefused(ask(code, registry, PATIENT), reason);
        assertThat(platform.requests(code.input(), 0)).isEqualTo(1);
        assertThat(platform.requests(code.input(), 1)).isEqualTo(step);
    }

    static Outcome<SignedClaims> ask(MintedCode code, RegistrySnapshot known, Duration deadline) {
        return ask(code, known, deadline, client);
    }

    static Outcome<SignedClaims> ask(
            MintedCode code, RegistrySnapshot known, Duration deadline, PlatformClient through) {
        ScannedCode scanned = code.scanned().isBinary()
                ? ScannedCode.ofBytes(code.scanned().bytes())
                : ScannedCode.ofText(code.scanned().text());
        try {
            return new Platforms(through, InstantSource.fixed(Codes.NOW), deadline)
                    .ask(Codes.enquiry(scanned), known)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the future failed or never came", e);
        }
    }
}
