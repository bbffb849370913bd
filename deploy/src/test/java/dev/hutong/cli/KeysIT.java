package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.conformance.jose.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "EdDSA", "SM2"})
    void aKeyPairIsWrittenAndItsThumbprintPrinted(String alg) throws IOException {
        Path file = folder.resolve("key.json");
        InProcess run = InProcess.run("keys", "generate", "--alg", alg, "--out", file.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        JsonNode secret = json(file);
        JsonNode published = json(Path.of(file + ".pub.json"));
        assertThat(run.out().strip()).isEqualTo(published.get("kid").textValue());
        assertThat(published.has("d")).isFalse();
        assertThat(published.get("alg").textValue()).isEqualTo(alg);
        assertThat(secret.get("d").textValue()).hasSize(43);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "EdDSA", "SM2"})
    void anotherLibraryReadsTheKeyAndSignsWithIt(String alg) throws IOException {
        Path file = folder.resolve("key.json");
        InProcess run = InProcess.run("keys", "generate", "--alg", alg, "--out", file.toString());
        SigningKey key = SigningKey.fromPrivateJwk(Files.readString(file));
        byte[] message = "code".getBytes(StandardCharsets.UTF_8);

        assertThat(key.kid()).isEqualTo(run.out().strip());
        assertThat(json(Path.of(file + ".pub.json"))).isEqualTo(new ObjectMapper().readTree(key.publicJwk()));
        assertThat(key.verifies(message, key.sign(message))).isTrue();
    }

    @Test
    void aKeyIsNeverOverwritten() throws IOException {
        Path file = folder.resolve("key.json");
        InProcess.run("keys", "generate", "--alg", "ES256", "--out", file.toString());
        String before = Files.readString(file);

        InProcess again = InProcess.run("keys", "generate", "--alg", "ES256", "--out", file.toString());

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("never overwritten", "--out").hasLineCount(1);
        assertThat(file).hasContent(before);
    }

    @Test
    void aPublicKeyIsNeverOverwrittenEither() throws IOException {
        Path published = Files.writeString(folder.resolve("key.json.pub.json"), "mine");

        InProcess run = InProcess.run(
                "keys",
                "generate",
                "--alg",
                "ES256",
                "--out",
                folder.resolve("key.json").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(published).hasContent("mine");
        assertThat(folder.resolve("key.json")).doesNotExist();
    }

    @Test
    void aFolderThatIsNotThereIsToldInOneLine() {
        InProcess run = InProcess.run(
                "keys",
                "generate",
                "--alg",
                "SM2",
                "--out",
                folder.resolve("none/key.json").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("none/key.json", "a folder that exists").hasLineCount(1);
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(Files.readString(file));
    }
}
