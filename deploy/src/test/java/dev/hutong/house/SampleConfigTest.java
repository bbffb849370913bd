package dev.hutong.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleConfigTest {
    private static final Path SAMPLE = Path.of("hub.yaml");

    @Test
    void theSampleSaysTheDefaults() {
        assertThat(HubConfigReader.read(SAMPLE)).isEqualTo(new HubConfigReader.Reading.Valid(HubConfig.defaults()));
    }

    @Test
    void theSampleHasEveryKey(@TempDir Path folder) throws IOException {
        Set<String> keys = new TreeSet<>();
        collect(new YAMLMapper().readTree(Files.readString(SAMPLE)), "", keys);

        Path unknown = Files.writeString(folder.resolve("hub.yaml"), "nonsense: 1");
        assertThat(HubConfigReader.read(unknown).toString())
                .as("the reader names the keys that there are")
                .contains("there are " + String.join(", ", keys) + "]");
    }

    private static void collect(JsonNode node, String prefix, Set<String> keys) {
        node.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                collect(entry.getValue(), prefix + entry.getKey() + ".", keys);
            } else {
                keys.add(prefix + entry.getKey());
            }
        });
    }
}
