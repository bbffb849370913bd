package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.demo.Person;
import dev.hutong.conformance.demo.Scenario;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everybody of the demo, and somebody with a name, a number and a phone in every place there is, goes through a hub: nothing of them stays. */
class NoPersonInTheLedgerIT {
    private static final String NAME = "欧阳测试";
    private static final String NUMBER = "44010619900307123X";
    private static final String PHONE = "13800138000";

    /** What is shorter stands in any file by chance: a state, a day. */
    private static final int SHORTEST_TELLING = 6;

    private final InstantSource clock = InstantSource.system();

    @Test
    void noFileOfTheDataFolderHoldsAPersonOrACode(@TempDir Path data) throws IOException {
        Set<String> secrets = new TreeSet<>(List.of(NAME, NUMBER, PHONE));
        try (VirtualProvinces provinces = VirtualProvinces.startDemo(clock);
                TestHub hub = TestHub.start(data, provinces, clock)) {
            Scenario scenario = Scenario.demo(provinces, clock);
            for (Person person : scenario.people()) {
                String request = scenario.request(person, scenario.issue(person));
                hub.verifier().resolve(request);
                secrets.add(person.name());
                collect(new ObjectMapper().readTree(request), secrets);
                collect(person.claims(), secrets);
                collect(person.record(), secrets);
            }
            ScannedCode telling = provinces
                    .province(Codes.GUANGDONG)
                    .sign(Codes.green(clock.instant())
                            .put("sub", NUMBER)
                            .put("xm", NAME)
                            .put("yy", PHONE));
            secrets.add(telling.text());
            ObjectNode asked = HubClient.request(telling).put("destination", NAME + NUMBER);
            assertThat(hub.verifier().resolve(asked.toString()).status()).isEqualTo(200);
            for (String scanned : List.of(NUMBER, PHONE, NAME)) {
                hub.verifier().resolve("{\"code\":\"" + scanned + "\"}");
            }
        }

        List<Path> files = files(data);
        assertThat(files).extracting(file -> file.getFileName().toString()).contains("ledger.db", "registry.db");
        for (Path file : files) {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            for (String secret : secrets) {
                for (String spelling : spellings(secret)) {
                    assertThat(content.contains(spelling))
                            .as("%s holds %s", data.relativize(file), secret)
                            .isFalse();
                }
            }
        }
    }

    private static List<Path> files(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Every text of a request or of what was signed that could tell somebody. */
    private static void collect(@Nullable JsonNode node, Set<String> secrets) {
        if (node == null) {
            return;
        }
        if (node.isTextual()) {
            String text = node.textValue();
            // A region, a day or an issuer's name tells nobody, and stands in every ledger.
            if (text.length() >= SHORTEST_TELLING && !text.matches("[0-9]{6}(\\..*)?|[0-9 :-]{10,19}|[a-z-]+|\\{.*}")) {
                secrets.add(text);
            }
        }
        node.forEach(member -> collect(member, secrets));
    }

    /** As it is, in hexadecimal, and in base64 at each of its three positions, without what depends on its neighbours. */
    private static List<String> spellings(String secret) {
        byte[] octets = secret.getBytes(StandardCharsets.UTF_8);
        List<String> spellings = new ArrayList<>();
        spellings.add(new String(octets, StandardCharsets.ISO_8859_1));
        spellings.add(HexFormat.of().formatHex(octets));
        spellings.add(HexFormat.of().formatHex(octets).toUpperCase(Locale.ROOT));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[octets.length + shift];
            System.arraycopy(octets, 0, shifted, shift, octets.length);
            int from = shift == 0 ? 0 : shift + 1;
            int to = shifted.length * 8 / 6;
            if (to - from >= SHORTEST_TELLING) {
                String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
                spellings.add(base64.substring(from, to));
                spellings.add(base64.substring(from, to).replace('+', '-').replace('/', '_'));
            }
        }
        return spellings;
    }
}
