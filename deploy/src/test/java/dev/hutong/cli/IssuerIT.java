package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerIT {
    private static final String ID = "330100.hangzhou";
    private static final String NAME = "Hangzhou";

    @TempDir
    private Path folder;

    private final SigningKey key = SigningKey.generate(Algorithm.ES256);

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private InProcess add(String id, String name, Path jwk, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("issuer", "add", "--id", id, "--name", name, "--jwk", jwk.toString(), "--data", data()));
        arguments.addAll(List.of(more));
        return InProcess.run(arguments.toArray(String[]::new));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private InProcess list() {
        return InProcess.run("issuer", "list", "--data", data());
    }

    private static void assertRefused(InProcess run, String... words) {
        assertRefused(ExitCodes.FAILED, run, words);
    }

    private static void assertRefused(int exitCode, InProcess run, String... words) {
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.err()).startsWith("hutong: ").hasLineCount(1);
        assertThat(words).allSatisfy(word -> assertThat(run.err()).contains(word));
    }

    @Test
    void anIssuerIsRegisteredAndItsKeyActiveAtOnce() {
        InProcess run = add(ID, NAME, write("key.pub.json", key.publicJwk()), "--platform", "http://127.0.0.1:1/x");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Registered " + ID, key.kid(), "active");
        assertThat(list().out()).contains(ID, NAME, "http://127.0.0.1:1/x", "ES256", key.kid(), "active");
    }

    @Test
    void aSecondKeyIsAddedToAnIssuerThatExists() {
        SigningKey second = SigningKey.generate(Algorithm.SM2);
        add(ID, NAME, write("key.pub.json", key.publicJwk()), "--platform", "http://127.0.0.1:1/x");

        InProcess run = add(ID, NAME, write("second.pub.json", second.publicJwk()));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Known already", second.kid());
        assertThat(list().out()).contains("http://127.0.0.1:1/x", key.kid(), second.kid());
    }

    @Test
    void theSameKeyTwiceIsRefusedForOneIssuerAndForAnother() {
        Path jwk = write("key.pub.json", key.publicJwk());
        add(ID, NAME, jwk);

        assertRefused(add(ID, NAME, jwk), "already");
        assertRefused(add("440100.suikangma", "Guangzhou", jwk), "already");
        assertThat(list().out()).doesNotContain("Guangzhou").containsOnlyOnce(key.kid());
    }

    @Test
    void anotherNameOrAnotherPlatformIsRefused() {
        Path second =
                write("second.pub.json", SigningKey.generate(Algorithm.EDDSA).publicJwk());
        add(ID, NAME, write("key.pub.json", key.publicJwk()), "--platform", "http://127.0.0.1:1/x");

        assertRefused(add(ID, "Ningbo", second), "«Hangzhou»", "«Ningbo»");
        assertRefused(
                add(ID, NAME, second, "--platform", "http://127.0.0.1:2/x"), "http://127.0.0.1:1/x", "--platform");
    }

    @Test
    void aPrivateKeyIsRefusedWithTheRemedy() {
        assertRefused(add(ID, NAME, write("key.json", key.privateJwk())), ".pub.json", "disclosed");
        assertThat(Path.of(data()))
                .as("nothing is made for a key that is refused")
                .doesNotExist();
    }

    @Test
    void aKidThatIsNotTheThumbprintIsRefused() {
        String other = SigningKey.generate(Algorithm.ES256).kid();

        assertRefused(
                add(ID, NAME, write("key.pub.json", key.publicJwk().replace(key.kid(), other))), "kid", "thumbprint");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertRefused(add(ID, NAME, folder.resolve("none.json")), "--jwk", "none.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{\"keys\":[]}", "{\"kty\":\"RSA\"}", "{\"kty\":\"EC\",\"crv\":\"P-384\"}", "key"
            })
    void whatIsNoPublicKeyIsRefused(String text) {
        assertRefused(add(ID, NAME, write("key.pub.json", text)), "key.pub.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hangzhou", "330100", "330100.", "33010.hangzhou", "330100.Hangzhou", "330100.hangzhou ", "../x"
            })
    void anIdThatIsNoneIsRefused(String id) {
        assertRefused(ExitCodes.USAGE, add(id, NAME, write("key.pub.json", key.publicJwk())), "--id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://platform.example/", "ftp://127.0.0.1/", "https://u:p@host/", "platform"})
    void aPlatformThatMayNotBeAskedIsRefused(String platform) {
        assertRefused(add(ID, NAME, write("key.pub.json", key.publicJwk()), "--platform", platform));
    }

    @Test
    void aPlatformThatIsNoUrlIsWrongUsage() {
        InProcess run = add(ID, NAME, write("key.pub.json", key.publicJwk()), "--platform", "https://a b/");
        assertRefused(ExitCodes.USAGE, run, "--platform");
    }

    @Test
    void aRegistryThatIsNotThereHasNoIssuers() {
        InProcess run = list();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("No issuers");
        assertThat(Path.of(data())).doesNotExist();
    }

    @Test
    void aRegistryThatIsNoneIsToldInOneLineAndLeftAlone() throws IOException {
        Files.createDirectory(
                Path.of(data()), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path database = Files.writeString(Path.of(data(), "registry.db"), "no database, but somebody's file");

        assertRefused(list(), "registry.db");
        assertThat(database).hasContent("no database, but somebody's file");
    }
}
