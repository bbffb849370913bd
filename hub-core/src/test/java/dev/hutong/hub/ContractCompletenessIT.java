package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a running hub has mounted and what its contract tells of are the same operations, on either of its servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractCompletenessIT {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final JsonNode paths = Contract.load().document().get("paths");
    private TestHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        hub = TestHub.start(TestHub.config(data), InstantSource.system());
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private List<String> documented(Predicate<JsonNode> served) {
        return paths.properties().stream()
                .filter(path -> served.test(path.getValue()))
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .map(entry -> entry.getKey().toUpperCase(Locale.ROOT) + " " + mounted(path.getKey())))
                .distinct()
                .toList();
    }

    /** As Vert.x writes a path. Of tiles it knows only the beginning, since they have slashes. */
    private static String mounted(String path) {
        return path.replaceAll("/tile/.*", "/tile/").replaceAll("\\{([^}]+)}", ":$1");
    }

    @Test
    void whatVerifiersCanAskIsTheContracts() {
        assertThat(hub.hub().verifiersOperations())
                .containsExactlyInAnyOrderElementsOf(documented(path -> !path.has("servers")));
    }

    @Test
    void whatOperatorsCanAskIsTheContracts() {
        assertThat(hub.hub().operatorsOperations())
                .containsExactlyInAnyOrderElementsOf(documented(path -> path.has("servers")));
    }

    /** 405 with Allow is the hub's own word for which methods a path has. */
    @Test
    void everyPathRefusesTheMethodsThatItDoesNotHave() {
        paths.properties().forEach(path -> {
            HubClient client = path.getValue().has("servers") ? hub.operator() : hub.verifier();
            String address = path.getKey().replaceAll("\\{[^}]+}", "0");
            Exchange refused = client.send("DELETE", address, new byte[0], java.util.Map.of());

            assertThat(refused.status()).as(address).isEqualTo(405);
            assertThat(String.valueOf(refused.header("Allow")).contains("GET"))
                    .as(address)
                    .isEqualTo(path.getValue().has("get"));
            assertThat(String.valueOf(refused.header("Allow")).contains("POST"))
                    .as(address)
                    .isEqualTo(path.getValue().has("post"));
        });
    }
}
