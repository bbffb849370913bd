package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.conformance.province.Behaviour;
import dev.hutong.conformance.province.MintedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.registry.LogEntry;
import dev.hutong.registry.RegistryFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a hub comes up, ends, and comes up again. */
class HubIT {
    private final InstantSource clock = InstantSource.system();

    @TempDir
    private Path data;

    @Test
    void aRestartKeepsTheIssuersAndTheHubsKey() {
        try (VirtualProvinces provinces = VirtualProvinces.startDemo(clock)) {
            JsonNode issuers;
            JsonNode keys;
            try (TestHub first = TestHub.start(data, provinces, clock)) {
                issuers = first.verifier().get("/v1/issuers").json();
                keys = first.verifier().get("/.well-known/jwks.json").json();
            }
            try (TestHub second = TestHub.start(TestHub.config(data), clock)) {
                assertThat(second.verifier().get("/v1/issuers").json()).isEqualTo(issuers);
                assertThat(second.verifier().get("/.well-known/jwks.json").json())
                        .isEqualTo(keys);
                assertThat(second.verifier()
                                .resolve(provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(1, clock.instant())))
                                .decided())
                        .isEqualTo("LOW");
            }
        }
    }

    @Test
    void theCheckpointIsTheRootOfTheLogByRfc6962() {
        JsonNode checkpoint;
        try (VirtualProvinces provinces = VirtualProvinces.startDemo(clock);
                TestHub hub = TestHub.start(data, provinces, clock)) {
            checkpoint = hub.verifier().resolve("{\"code\":\"\"}").json().get("checkpoint");
            assertThat(hub.verifier().get("/v1/issuers").json().get("checkpoint"))
                    .isEqualTo(checkpoint);
        }
        List<byte[]> leaves = leaves();

        assertThat(checkpoint.get("size").intValue()).isEqualTo(leaves.size()).isGreaterThan(8);
        assertThat(checkpoint.get("root").textValue())
                .isEqualTo(Base64.getEncoder().encodeToString(treeHead(leaves)));
    }

    @Test
    void theCheckpointOfAnEmptyLogIsTheHashOfNothing() {
        try (TestHub hub = TestHub.start(TestHub.config(data), clock)) {
            assertThat(hub.verifier()
                            .resolve("{\"code\":\"\"}")
                            .json()
                            .at("/checkpoint/root")
                            .textValue())
                    .isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        }
    }

    @Test
    void theHubsKeyIsItsOwnersAlone() throws IOException {
        TestHub.start(TestHub.config(data), clock).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("hub-key.jwk.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aKeyFileThatHoldsNoKeyIsNeverReplaced() throws IOException {
        Path key = Files.writeString(data.resolve("hub-key.jwk.json"), "{}");

        assertRefused(TestHub.config(data), "hub-key.jwk.json", "Restore it from your backup");
        assertThat(key).hasContent("{}");
    }

    @Test
    void aFolderThatAnotherHubHoldsIsRefusedAndLeftAlone() {
        try (TestHub holder = TestHub.start(TestHub.config(data), clock)) {
            assertRefused(TestHub.config(data), "in use", "Stop the hub that uses it");
            assertThat(holder.operator().get("/health/ready").status()).isEqualTo(200);
        }
        TestHub.start(TestHub.config(data), clock).close();
    }

    @Test
    void aPortInUseIsToldWithTheOptionThatGivesAnotherAndNothingIsLeftRunning() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    TestHub.config(data).withPort(taken.getLocalPort()), "port " + taken.getLocalPort(), "--port");
            assertRefused(
                    TestHub.config(data).withManagementPort(taken.getLocalPort()),
                    "port " + taken.getLocalPort(),
                    "--management-port");
        }
        TestHub.start(TestHub.config(data), clock).close();
    }

    @Test
    void anythingButLoopbackIsRefused() {
        HubConfig defaults = TestHub.config(data);
        HubConfig open = defaults.withHost("0.0.0.0");

        assertRefused(open, "http.host", "loopback");
    }

    @Test
    void whatIsUnderWayWhenAHubEndsIsStillAnswered() throws Exception {
        try (VirtualProvinces provinces = VirtualProvinces.startDemo(clock);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var platform = provinces.province(Codes.HANGZHOU).virtualPlatform();
            TestHub hub = TestHub.start(data, provinces, clock);
            MintedCode slow = platform.issue(
                    Codes.record("green", clock.instant().minusSeconds(60)), Behaviour.slow(Duration.ofSeconds(1)));
            Future<String> answer =
                    threads.submit(() -> hub.verifier().resolve(slow.scanned()).decided());
            while (platform.requests() == 0) {
                Thread.onSpinWait();
            }
            hub.hub().close();

            assertThat(answer.get()).isEqualTo("LOW");
            hub.close();
        }
    }

    @Test
    void aHubEndsAtOnceWhereNothingIsUnderWay() {
        TestHub hub = TestHub.start(TestHub.config(data), clock);
        hub.verifier().get("/v1/formats"); // leaves a connection open
        long start = System.nanoTime();
        hub.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    private void assertRefused(HubConfig config, String... words) {
        assertThatThrownBy(() -> Hub.start(config, clock))
                .isInstanceOf(HubStartException.class)
                .message()
                .contains(words)
                .doesNotContain("\n");
    }

    private List<byte[]> leaves() {
        if (!(RegistryFolder.tryOpen(data) instanceof RegistryFolder.Opened(RegistryFolder folder))) {
            throw new IllegalStateException(data + " cannot be opened");
        }
        try (folder) {
            return folder.log().read(0, 1_000).stream()
                    .map(LogEntry::leaf)
                    .map(leaf -> leaf.getBytes(StandardCharsets.UTF_8))
                    .toList();
        }
    }

    /** MTH of RFC 6962 §2.1, word for word and with nothing of the hub's. */
    private static byte[] treeHead(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return sha256(new byte[] {0}, leaves.getFirst());
        }
        int largestPowerBelow = Integer.highestOneBit(leaves.size() - 1);
        return sha256(
                new byte[] {1},
                treeHead(leaves.subList(0, largestPowerBelow)),
                treeHead(leaves.subList(largestPowerBelow, leaves.size())));
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
