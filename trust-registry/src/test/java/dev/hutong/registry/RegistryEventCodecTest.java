package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.GUANGDONG;
import static dev.hutong.registry.Fixtures.NOW;
import static dev.hutong.registry.Fixtures.P256;
import static dev.hutong.registry.Fixtures.SM2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.RegistryEvent.Approved;
import dev.hutong.registry.RegistryEvent.ClientRegistered;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.RegistryEvent.Proposed;
import dev.hutong.registry.proposal.Action.RegisterClient;
import dev.hutong.registry.proposal.Documents;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryEventCodecTest {
    static Stream<RegistryEvent> events() {
        return Stream.concat(development(), signed());
    }

    private static Stream<RegistryEvent> signed() {
        return Stream.concat(
                Documents.actions().stream()
                        .map(action -> Proposed.of(NOW, Documents.signed(Documents.proposal(action)))),
                Stream.of(
                        Approved.of(NOW.plusNanos(1), Documents.signed(Documents.approval())),
                        Founded.of(Instant.EPOCH, Documents.signed(Documents.genesis()))));
    }

    private static Stream<RegistryEvent> development() {
        return Stream.of(
                Fixtures.registered(GUANGDONG),
                Fixtures.registered(GUANGDONG, "https://platform.example:8443/api"),
                Fixtures.suspended(GUANGDONG),
                Fixtures.resumed(GUANGDONG),
                new ClientRegistered(
                        NOW,
                        new RegisterClient(
                                new ClientId("gate-7"),
                                new ClientTerms(
                                        "门 7",
                                        Set.of(ClientRole.VERIFIER, ClientRole.AUDITOR),
                                        Set.of("33", "11"),
                                        Set.of("hospital-admission"),
                                        Optional.of(CertificateThumbprint.of(new byte[32]))),
                                P256.publicJwk()),
                        KeyActivated.LOCAL_DEVELOPMENT),
                Fixtures.activated(GUANGDONG, P256),
                Fixtures.activated(GUANGDONG, SM2, NOW, NOW.plusNanos(1)),
                Fixtures.revoked(
                        GUANGDONG, P256, RevocationReason.CEASED, Instant.parse("2026-01-05T08:00:00.123456789Z")));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventComesBack(RegistryEvent event) {
        assertThat(RegistryEventCodec.decode(RegistryEventCodec.encode(event))).isEqualTo(event);
    }

    @Test
    void theTextOfAnEventNeverChanges() {
        assertThat(RegistryEventCodec.encode(Fixtures.revoked(
                        GUANGDONG, P256, RevocationReason.COMPROMISED, Instant.parse("2026-01-01T00:00:00Z"))))
                .isEqualTo(
                        "{\"type\":\"key-revoked\",\"at\":\"2026-01-05T08:00:00Z\",\"issuer\":\"440000.yuekangma\",\"key\":\""
                                + P256.publicJwk().kid()
                                + "\",\"reason\":\"COMPROMISED\",\"cutOff\":\"2026-01-01T00:00:00Z\"}");
        assertThat(RegistryEventCodec.encode(Fixtures.registered(GUANGDONG)))
                .isEqualTo(
                        "{\"type\":\"issuer-registered\",\"at\":\"2026-01-05T08:00:00Z\",\"issuer\":\"440000.yuekangma\","
                                + "\"name\":\"粤康码 440000\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"type\":\"issuer-resumed\"}",
                "{\"type\":\"issuer-resumed\",\"at\":\"2026-01-05T08:00:00Z\",\"issuer\":\"440000.yuekangma\",\"x\":1}",
                "{\"type\":\"issuer-resumed\",\"issuer\":\"440000.yuekangma\",\"at\":\"2026-01-05T08:00:00Z\"}",
                "{\"type\":\"issuer-resumed\",\"at\":\"2026-01-05T08:00:00.000Z\",\"issuer\":\"440000.yuekangma\"}",
                "{\"type\":\"issuer-resumed\", \"at\":\"2026-01-05T08:00:00Z\",\"issuer\":\"440000.yuekangma\"}",
                "{\"type\":\"issuer-resumed\",\"at\":\"yesterday\",\"issuer\":\"440000.yuekangma\"}",
                "{\"type\":\"issuer-resumed\",\"at\":\"2026-01-05T08:00:00Z\",\"issuer\":\"Guangdong\"}",
                "{\"type\":\"issuer-resumed\",\"at\":\"+10000-01-01T00:00:00Z\",\"issuer\":\"440000.yuekangma\"}",
                "{\"type\":\"issuer-registered\",\"at\":\"2026-01-05T08:00:00Z\",\"issuer\":\"440000.yuekangma\",\"name\":\"a\",\"platform\":\"a b\"}",
                "{\"type\":\"key-activated\",\"at\":\"2026-01-05T08:00:00Z\",\"issuer\":\"440000.yuekangma\",\"key\":{},\"origin\":\"x\"}",
                "{\"type\":\"key-revoked\",\"at\":\"2026-01-05T08:00:00Z\",\"issuer\":\"440000.yuekangma\",\"key\":\"x\",\"reason\":\"CEASED\","
                        + "\"cutOff\":\"2026-01-05T08:00:00Z\"}",
                "{\"type\":\"proposed\",\"at\":\"2026-01-05T08:00:00Z\"}",
                "{\"type\":\"approved\",\"at\":\"2026-01-05T08:00:00Z\",\"document\":{\"payload\":\"e30\",\"signatures\":[]}}",
                "{\"type\":\"issuer-deleted\",\"at\":\"2026-01-05T08:00:00Z\",\"issuer\":\"440000.yuekangma\"}"
            })
    void onlyTheCanonicalFormIsRead(String leaf) {
        assertThatThrownBy(() -> RegistryEventCodec.decode(leaf)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LogEntry(3, leaf).event())
                .isInstanceOf(CorruptRegistryException.class)
                .hasMessageContaining("Entry 3");
    }
}
