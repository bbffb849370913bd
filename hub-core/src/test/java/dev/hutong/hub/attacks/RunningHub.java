package dev.hutong.hub.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.Exchange;
import dev.hutong.hub.TestHub;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A hub with the demo's provinces, and a trap where attackers' addresses lead. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunningHub {
    protected final InstantSource clock = InstantSource.system();
    protected final Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    protected final OutboundTrap trap = new OutboundTrap();
    protected VirtualProvinces provinces;
    protected TestHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        provinces = VirtualProvinces.startDemo(clock);
        hub = TestHub.start(data, provinces, clock);
    }

    @AfterEach
    void nobodyWasAsked() {
        assertThat(trap.visits()).isZero();
    }

    @AfterAll
    void stop() {
        hub.close();
        provinces.close();
        trap.close();
    }

    protected Stream<DynamicTest> refused(Stream<Attack> attacks) {
        return attacks.map(attack -> DynamicTest.dynamicTest(attack.title(), () -> assertRefused(attack)));
    }

    private void assertRefused(Attack attack) {
        Exchange exchange = hub.verifier().resolve(ScannedCode.ofText(attack.code()));

        assertThat(exchange.status()).as(exchange.text()).isEqualTo(200);
        assertThat(exchange.decided()).isEqualTo(attack.reason());
        assertThat(exchange.json().get("risk").asText()).isEqualTo("UNKNOWN");
        assertThat(trap.visits()).isZero();
    }
}
