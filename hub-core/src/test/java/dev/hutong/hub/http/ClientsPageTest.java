package dev.hutong.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.Contract;
import dev.hutong.hub.clients.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The roles' table in {@code docs/clients.md} says of every path of the contract what {@link Permissions} says. */
class ClientsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "clients.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z]+)` \\| ([^|]*) \\|.*");
    private static final Pattern ROUTE = Pattern.compile("`(?:GET |POST )?(/[^` ]+)`");

    private static List<String> verifiersPaths() {
        return Contract.load().document().get("paths").properties().stream()
                .filter(path -> !path.getValue().has("servers"))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Set<Role> rolesOf(String path) {
        return Permissions.of(path.replaceAll("/tile/.*", "/tile/*").replaceAll("\\{([^}]+)}", ":$1"));
    }

    private static Map<Role, Set<String>> told() throws IOException {
        Map<Role, Set<String>> roleToPaths = new EnumMap<>(Role.class);
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()
                    && List.of("verifier", "auditor", "issuer", "operator").contains(row.group(1))) {
                Set<String> paths = new TreeSet<>();
                ROUTE.matcher(row.group(2)).results().forEach(route -> paths.add(route.group(1)));
                roleToPaths.put(Role.valueOf(row.group(1).toUpperCase(Locale.ROOT)), paths);
            }
        }
        return roleToPaths;
    }

    @Test
    void thePageTellsOfEachRoleWhatItMayAsk() throws IOException {
        Map<Role, Set<String>> roleToPaths = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            Set<String> paths = new TreeSet<>();
            verifiersPaths().stream()
                    .filter(path -> rolesOf(path).contains(role))
                    .forEach(paths::add);
            roleToPaths.put(role, paths);
        }

        assertThat(told()).isEqualTo(roleToPaths);
    }

    /** Otherwise it would be for operators alone, because it was forgotten. */
    @Test
    void everyPathThatIsNoOperatorsIsInTheTable() {
        assertThat(verifiersPaths())
                .isNotEmpty()
                .noneMatch(path -> rolesOf(path).equals(Set.of(Role.OPERATOR)));
    }
}
