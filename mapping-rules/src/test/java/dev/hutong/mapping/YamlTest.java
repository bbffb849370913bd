package dev.hutong.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
    @TempDir
    Path folder;

    @Test
    void readsARecord() throws IOException {
        assertThat(read("{ zh-CN: 绿码, en: green code }")).isEqualTo(new Bilingual("绿码", "green code"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ zh-CN: 绿码, en: green code, fr: code vert }",
                "{ zh-CN: 绿码, en: green code, en: red code }",
                "{ zh-CN: 绿码 }",
                "{ zh-CN: 绿码, en: }",
                "{ zh-CN: 绿码, en: null }",
                "{ zh-CN: 绿码, en: [green code] }",
                "{ zh-CN: 绿码, en: green code }\n---\n{ zh-CN: 红码, en: red code }",
                "绿码",
                "{ zh-CN: 绿码, en"
            })
    void refusesAnotherShape(String yaml) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> read(yaml));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list: [a, ~]", "list:\n  -", "map: { a: }", "map: { a: ~ }"})
    void refusesListsAndMapsThatHoldNothing(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("holder.yaml"), yaml);
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> Yaml.read(file, Holder.class))
                .withMessageContaining(yaml.substring(0, yaml.indexOf(':')));
    }

    @Test
    void whatIsOptionalMayBeEmpty() throws IOException {
        Path file = Files.writeString(folder.resolve("holder.yaml"), "list:\nmap: {}");
        assertThat(Yaml.read(file, Holder.class)).isEqualTo(new Holder(null, Map.of()));
    }

    private record Holder(
            @Nullable List<String> list, @Nullable Map<String, String> map) {}

    private Bilingual read(String yaml) throws IOException {
        return Yaml.read(Files.writeString(folder.resolve("text.yaml"), yaml), Bilingual.class);
    }
}
