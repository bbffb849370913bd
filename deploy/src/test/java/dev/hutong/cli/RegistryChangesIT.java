package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.rules.PackageContent;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is proposed by the registry's commands beside issuers and operators: a part in a federation, rules, clients. */
class RegistryChangesIT extends RegistryCommandsBase {
    @Test
    void anIssuerTakesPartInTheFederationUntilItsPartIsEnded() throws Exception {
        Path entity = folder.resolve("entity.jwt");
        assertThat(InProcess.run(
                                "federation",
                                "entity",
                                "--issuer",
                                "440100.citycode",
                                "--key",
                                key("federation"),
                                "--hub",
                                hub.url().toString(),
                                "--out",
                                entity.toString())
                        .exitCode())
                .isZero();
        String[] deposit = {"--entity-configuration", entity.toString()};
        assertRefused(federate("330100.other", deposit), "440100.citycode");
        assertRefused(
                federate("440100.citycode", "--entity-configuration", key("city")), "city.json", "federation entity");

        approveByTwo(proposed(federate("440100.citycode", deposit)));
        assertThat(federationList()).contains("/federation/issuers/440100.citycode");
        approveByTwo(proposed(federate("440100.citycode", "--end")));
        assertThat(federationList()).isEqualTo("[]");
    }

    private InProcess federate(String issuer, String... how) {
        List<String> all = new ArrayList<>(
                List.of("propose", "federate", "--issuer", issuer, "--key", key("city"), "--reason", "federation"));
        all.addAll(List.of(how));
        return atHub(all.toArray(String[]::new));
    }

    private String federationList() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest list = HttpRequest.newBuilder(hub.url().resolve("/federation/list"))
                    .build();
            return http.send(list, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void rulesAreProposedByTheirFolderAndStandInTheStatus() throws IOException {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        PackageContent example = PackageContent.bundled().stream()
                .filter(content -> document(content).contains("format: yuekangma"))
                .findFirst()
                .orElseThrow();
        Instant from = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        Files.writeString(
                rules.resolve("format.yaml"),
                document(example)
                        .replace("format: yuekangma", "format: citycode")
                        .replace("region: \"440000\"", "region: \"440100\"")
                        .replace("YKM2:", "CITY:")
                        .replace(
                                "version: 1.0.0",
                                "version: 1.1.0\nvalidFrom: \"" + from + "\"\nvalidTo: \""
                                        + from.plus(Duration.ofDays(14)) + "\""));

        assertRefused(
                atHub("propose", "rules", "--package", rules.toString(), "--key", key("chen"), "--reason", "r"),
                "not admitted",
                "examples.yaml");
        Files.writeString(
                rules.resolve("examples.yaml"),
                new String(example.pathToFile().get("examples.yaml"), StandardCharsets.UTF_8)
                        .replace("yuekangma@1.0.0", "citycode@1.1.0")
                        .replace("\"440000\"", "\"440100\"")
                        .replace("YKM2:", "CITY:"));
        assertRefused(
                atHub("propose", "rules", "--package", rules.toString(), "--key", key("chen"), "--reason", "r"),
                "409",
                "48 hours");
        String id = proposed(atHub(
                "propose",
                "rules",
                "--package",
                rules.toString(),
                "--emergency",
                "--key",
                key("chen"),
                "--reason",
                "an outbreak"));
        assertDone(atHub("approve", id, "--key", key("anna")));
        assertDone(atHub("approve", id, "--key", key("bo")));

        assertThat(atHub("status").out())
                .contains(
                        "rules  1.1.0  from " + from,
                        "emergency",
                        PackageContent.read(rules).digest().value());
        assertRefused(
                atHub("propose", "rules", "--package", folder.toString(), "--key", key("chen"), "--reason", "r"),
                "--package");
    }

    private static String document(PackageContent content) {
        return new String(content.pathToFile().get("format.yaml"), StandardCharsets.UTF_8);
    }

    @Test
    void aClientIsProposedApprovedGivenAnotherKeyAndWithdrawn() throws Exception {
        approveByTwo(proposed(atHub(
                "propose",
                "register-client",
                "--id",
                "gate-7",
                "--role",
                "verifier",
                "--region",
                "4401",
                "--new-key",
                key("gate"),
                "--reason",
                "joins")));
        approveByTwo(proposed(atHub(
                "propose",
                "add-client-key",
                "--id",
                "gate-7",
                "--new-key",
                key("gate2"),
                "--key",
                key("gate"),
                "--reason",
                "a new one")));
        assertThat(atHub("status").out()).contains("  gate-7  gate-7  verifier  in 4401", kid("gate"), kid("gate2"));
        approveByTwo(proposed(atHub(
                "propose",
                "remove-client-key",
                "--id",
                "gate-7",
                "--kid",
                kid("gate"),
                "--key",
                key("gate2"),
                "--reason",
                "the old one")));
        assertThat(atHub("status").out()).doesNotContain(kid("gate") + "  since");
        String id = proposed(
                atHub("propose", "withdraw-client", "--client", "gate-7", "--key", key("gate2"), "--reason", "closed"));
        assertThat(atHub("status", id).out()).contains("CLIENT  gate-7");
        approveByTwo(id);
        assertThat(atHub("status").out()).contains("withdrawn 20");
        InProcess sm2 = atHub(
                "propose",
                "register-client",
                "--id",
                "gate-8",
                "--role",
                "verifier",
                "--new-key",
                key("city"),
                "--reason",
                "r");
        assertThat(sm2.exitCode()).isEqualTo(2);
        assertThat(sm2.err()).contains("ES256 or EdDSA");
    }
}
