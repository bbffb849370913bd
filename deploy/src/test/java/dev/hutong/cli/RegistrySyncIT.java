package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hutong registry sync} against a real hub. */
class RegistrySyncIT {
    private static final Pattern KID = Pattern.compile("its key is ([A-Za-z0-9_-]{43})\\.");

    @TempDir
    private Path folder;

    private WatchedHub hub(String data) {
        return hub(data, InstantSource.system());
    }

    private WatchedHub hub(String data, InstantSource clock) {
        return WatchedHub.start(folder.resolve(data), clock);
    }

    private void addIssuer(String data, String id) throws IOException {
        SigningKey key = SigningKey.generate(Algorithm.ES256);
        Path jwk = Files.writeString(folder.resolve(key.kid() + ".pub.json"), key.publicJwk());
        InProcess run = InProcess.run(
                "issuer",
                "add",
                "--id",
                id,
                "--name",
                "机构 " + id,
                "--jwk",
                jwk.toString(),
                "--data",
                folder.resolve(data).toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private InProcess sync(WatchedHub hub, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "registry",
                "sync",
                "--hub",
                hub.url().toString(),
                "--to",
                folder.resolve("copy").toString()));
        arguments.addAll(List.of(more));
        return InProcess.run(arguments.toArray(String[]::new));
    }

    private String copy(String name) throws IOException {
        return Files.readString(folder.resolve("copy").resolve(name));
    }

    private void assertRefused(InProcess run, String... words) {
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).startsWith("hutong: ").hasLineCount(1).contains(words);
    }

    @Test
    void theFirstVisitSaysWhomItTrustsAndTheNextOnesHoldItToThat() throws IOException {
        addIssuer("data", "330100.hangzhou");
        try (WatchedHub hub = hub("data")) {
            InProcess first = sync(hub);
            assertThat(first.exitCode()).as(first.err()).isZero();
            assertThat(first.out()).contains("none -> 2", "1 issuers and 1 keys changed");
            Matcher kid = KID.matcher(first.out());
            assertThat(kid.find()).isTrue();
            assertThat(copy("registry.json")).contains("330100.hangzhou", "ACTIVE", "机构");
            assertThat(copy("state.json")).contains(kid.group(1));

            InProcess second = sync(hub, "--pin", kid.group(1));
            assertThat(second.exitCode()).as(second.err()).isZero();
            assertThat(second.out()).contains("sequence 2, unchanged").doesNotContain("First visit");
            assertRefused(sync(hub, "--pin", "A".repeat(43)), "--key");
        }
    }

    @Test
    void whatWasAddedSinceTheLastVisitIsTakenUpOnceTheHubProvesThatNothingElseChanged() throws IOException {
        addIssuer("data", "330100.hangzhou");
        try (WatchedHub hub = hub("data")) {
            assertThat(sync(hub).out()).contains("none -> 2");
        }
        addIssuer("data", "440100.suikangma");
        try (WatchedHub grown = hub("data")) {
            InProcess run = sync(grown);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("2 -> 4", "1 issuers and 1 keys changed");
        }
        assertThat(copy("registry.json")).contains("330100.hangzhou", "440100.suikangma");
    }

    @Test
    void aKeyThatIsKnownBeforehandNeedsNoTrustOnFirstUse() throws IOException {
        addIssuer("data", "330100.hangzhou");
        String stranger = SigningKey.generate(Algorithm.ES256).publicJwk();
        Path other = Files.writeString(folder.resolve("other.pub.json"), stranger);
        try (WatchedHub hub = hub("data")) {
            assertRefused(sync(hub, "--key", other.toString()), "OTHER_KEY");
            assertRefused(sync(hub, "--pin", "A".repeat(43)), "--pin");
            assertThat(folder.resolve("copy")).as("nothing bad is kept").doesNotExist();
        }
    }

    @Test
    void aHubThatGoesOnFromABackupIsRefusedAndTheCopyStays() throws IOException {
        addIssuer("data", "330100.hangzhou");
        hub("data").close(); // makes the hub's keys
        copyFolder("data", "backup");
        addIssuer("data", "440100.suikangma");
        try (WatchedHub hub = hub("data")) {
            assertThat(sync(hub).out()).contains("none -> 4");
        }
        String kept = copy("registry.json");
        try (WatchedHub restored = hub("backup")) {
            assertRefused(sync(restored), "ROLLBACK", "stays");
        }
        addIssuer("backup", "110000.jiankangbao");
        try (WatchedHub rewritten = hub("backup")) {
            assertRefused(sync(rewritten), "Refused");
        }
        Files.delete(folder.resolve("copy/snapshot.jwt"));
        try (WatchedHub rewritten = hub("backup")) {
            assertRefused(sync(rewritten), "FORK", "history");
        }
        assertThat(copy("registry.json")).isEqualTo(kept);
    }

    @Test
    void aHubThatShowsForEverWhatOnceWasIsRefused() throws IOException {
        hub("data").close(); // makes the hub's keys
        try (WatchedHub hub = hub("data")) {
            assertThat(sync(hub).exitCode()).isZero();
        }
        String kept = copy("registry.json");
        try (WatchedHub frozen = hub("data", Clock.offset(Clock.systemUTC(), Duration.ofDays(-40)))) {
            assertRefused(sync(frozen), "EXPIRED", "gives out an old one");
        }
        assertThat(copy("registry.json")).isEqualTo(kept);
    }

    @Test
    void aMemoryThatWasDamagedIsToldOf() throws IOException {
        addIssuer("data", "330100.hangzhou");
        try (WatchedHub hub = hub("data")) {
            sync(hub);
            Files.writeString(folder.resolve("copy/state.json"), "{}");
            assertRefused(sync(hub), "state.json", "restore");
        }
    }

    @Test
    void aHubThatIsAwayEndsWith5() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        InProcess run = InProcess.run(
                "registry",
                "sync",
                "--hub",
                "http://127.0.0.1:" + closed,
                "--to",
                folder.resolve("copy").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(folder.resolve("copy")).doesNotExist();
    }

    private void copyFolder(String from, String to) throws IOException {
        Path target = Files.createDirectory(folder.resolve(to));
        try (var files = Files.list(folder.resolve(from))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }
}
