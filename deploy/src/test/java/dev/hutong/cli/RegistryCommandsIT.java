package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry's commands: no private key is ever in a request, and no lie is signed. */
class RegistryCommandsIT extends RegistryCommandsBase {
    @Test
    void noPrivateKeyEverLeavesThisHost() throws IOException {
        String operator = proposed(
                atHub("propose", "add-operator", "--name", "Dora", "--new-key", key("dora"), "--reason", "fourth"));
        approve(operator, "bo");
        atHub("approve", operator);
        proposed(atHub(
                "propose",
                "add-key",
                "--issuer",
                "440100.citycode",
                "--new-key",
                key("city2"),
                "--key",
                key("city"),
                "--reason",
                "rotation"));
        atHub(
                "revoke",
                "--issuer",
                "440100.citycode",
                "--kid",
                kid("city2"),
                "--cause",
                "ceased",
                "--key",
                key("chen"),
                "--reason",
                "there is no such key yet");
        atHub("status");

        assertThat(proxy.requests()).hasSizeGreaterThan(8).anyMatch(request -> request.startsWith("POST "));
        assertNothingSecretIn(String.join("\n", proxy.requests()));
    }

    @Test
    void aProposalIsSignedWhereItsKeysAre() throws IOException {
        String text = folder.resolve("delegation.json").toString();
        assertDone(atHub(
                "propose",
                "delegate",
                "--issuer",
                "440100.citycode",
                "--regions",
                "4401",
                "--format",
                "citycode",
                "--reason",
                "counties",
                "--prepare",
                text));
        assertRefused(atHub("submit", text), "not signed yet");
        assertThat(run("sign", text).out()).contains("counties", "delegate").doesNotContain("Signed by");
        assertThat(run("sign", text, "--key", key("city")).out()).contains("Signed by key " + kid("city"));
        String id = proposed(atHub("submit", text));
        assertThat(proposed(atHub("submit", text))).as("the same again").isEqualTo(id);
        assertThat(atHub("status", id).out()).contains("ISSUER  440100.citycode", "regionPrefix  4401");
        assertRefused(run("genesis", "--data", folder.resolve("new").toString(), "--from", text), "founds no registry");
        assertRefused(
                atHub("propose", "suspend-issuer", "--id", "440100.citycode", "--reason", "r", "--prepare", text),
                "exists");
    }

    @Test
    void aTextThatIsNotTheProposalsIsNotApproved() {
        String one = proposed(
                atHub("propose", "suspend-issuer", "--id", "440100.citycode", "--reason", "one", "--key", key("anna")));
        String other = proposed(atHub(
                "propose", "withdraw-issuer", "--id", "440100.citycode", "--reason", "two", "--key", key("anna")));
        try {
            // Asked for the one, the hub would show the other, or the other under the id of the one.
            proxy.lie(answer -> answer.replaceFirst("\"payload\":\"[^\"]*\"", "\"payload\":\"e30\""));
            assertRefused(atHub("approve", one, "--key", key("bo")), "another text", "approve nothing");
            proxy.lie(answer -> answer.replace(one, other));
            assertRefused(atHub("approve", one, "--key", key("bo")), "does not answer as a hub does");
        } finally {
            proxy.lie(answer -> answer);
        }
        assertThat(proxy.requests()).noneMatch(request -> request.startsWith("POST /v1/registry/proposals/" + one));
    }

    @Test
    void aRefusalSaysWhatToDo() {
        assertRefused(
                atHub("propose", "suspend-issuer", "--id", "330100.other", "--reason", "r", "--key", key("anna")),
                "409",
                "register it first");
        assertRefused(
                atHub("propose", "remove-operator", "--kid", "A".repeat(43), "--reason", "r", "--key", key("city")),
                "403",
                "must be signed by an operator");
        assertRefused(atHub("approve", "A".repeat(43), "--key", key("bo")), "404", "no proposal");
        // One id in 64 begins with a hyphen, and looks like an option.
        for (String id : List.of("-" + "A".repeat(42), "--" + "A".repeat(41))) {
            assertRefused(atHub("approve", id, "--key", key("bo")), "404", "no proposal");
        }
        assertRefused(atHub("status", "A".repeat(43)), "404");
    }

    @Test
    void keysThatCannotBeUsedAreNamed() {
        String[] register = {
            "propose", "register-issuer", "--id", "440200.citycode", "--name", "x", "--reason", "r", "--new-key"
        };
        assertRefused(atHub(with(register, key("none"))), "--new-key", "none.json");
        assertRefused(atHub(with(register, key("city") + ".pub.json")), "is a public key", "--prepare");
        assertRefused(
                atHub("propose", "suspend-issuer", "--id", "440100.citycode", "--reason", "r", "--key", key("none")),
                "--key",
                "none.json");
    }

    private static String[] with(String[] arguments, String last) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(last);
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"typ\":\"JWT\",\"text\":{}}", "{\"payload\":\"e30\"}"})
    void aFileThatIsNoTextToSignIsRefused(String content) throws IOException {
        Path file = Files.createTempFile(folder, "text", ".json");
        Files.writeString(file, content);

        assertRefused(run("sign", file.toString(), "--key", key("anna")), file.toString());
        assertRefused(atHub("submit", file.toString()), file.toString());
        assertThat(file).hasContent(content);
    }

    @Test
    void aDevelopmentHubHasNothingToProposeTo() {
        try (WatchedHub development = WatchedHub.start(folder.resolve("development"), InstantSource.system())) {
            String url = development.url().toString();
            assertThat(run("status", "--hub", url).out()).contains("A development registry");
            assertRefused(
                    run(
                            "propose",
                            "suspend-issuer",
                            "--id",
                            "440100.citycode",
                            "--reason",
                            "r",
                            "--key",
                            key("anna"),
                            "--hub",
                            url),
                    "409",
                    "registry genesis");
        }
    }
}
