package dev.hutong.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Provinces are data: none is named in the code of any module. Comments may give one as an example. */
class ProvincesAreDataTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?<![:\"])//[^\\n]*", Pattern.DOTALL);

    /** Beijing stands for a time zone, which all of the country keeps. */
    private static final List<String> PINYIN = List.of(
            "tianjin",
            "hebei",
            "shanxi",
            "neimenggu",
            "liaoning",
            "jilin",
            "heilongjiang",
            "shanghai",
            "jiangsu",
            "zhejiang",
            "anhui",
            "fujian",
            "jiangxi",
            "shandong",
            "henan",
            "hubei",
            "hunan",
            "guangdong",
            "guangxi",
            "hainan",
            "chongqing",
            "sichuan",
            "guizhou",
            "yunnan",
            "xizang",
            "shaanxi",
            "gansu",
            "qinghai",
            "ningxia",
            "xinjiang",
            "taiwan",
            "xianggang",
            "aomen",
            "guangzhou",
            "shenzhen");

    @Test
    void noProvinceIsNamedInCode() {
        Pattern names = Pattern.compile(
                names().stream().map(Pattern::quote).collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            String code = COMMENT.matcher(read(source)).replaceAll("");
            names.matcher(code).results().forEach(match -> found.add(ROOT.relativize(source) + ": " + match.group()));
        }

        assertThat(found).isEmpty();
    }

    @Test
    void allModulesAndAllNamesAreLookedAt() {
        assertThat(sources().stream()
                        .map(source -> ROOT.relativize(source).getName(0).toString()))
                .contains(
                        "mapping-rules",
                        "trust-registry",
                        "province-connectors",
                        "hub-core",
                        "conformance-suite",
                        "deploy")
                .hasSizeGreaterThan(100);
        assertThat(names()).contains("suikangma", "yuekangma", "hangzhou", "穗康码", "sui kang ma", "广东", "浙江省");
    }

    /** The ids and titles of the formats that travel with the hub, the country's own aside, and the names of GB/T 2260's provinces. */
    private static Set<String> names() {
        Set<String> names = new TreeSet<>(PINYIN);
        for (Path file : files(ROOT.resolve("mapping-rules/formats"), "format.yaml")) {
            JsonNode format = yaml(file);
            if (!format.get("region").textValue().equals("000000")) {
                names.add(format.get("format").textValue());
                names.add(format.at("/title/zh-CN").textValue());
                names.add(format.at("/title/en").textValue().toLowerCase(Locale.ROOT));
            }
        }
        names.remove("beijing"); // stands for the time zone, as above; its format's titles are looked for all the same
        read(ROOT.resolve("mapping-rules/src/main/resources/regions/gbt2260.csv"))
                .lines()
                .filter(line -> line.matches("(?!000000)[0-9]{2}0000,.*"))
                .forEach(line -> names.addAll(List.of(line.substring(7).split(";"))));
        return names;
    }

    private static List<Path> sources() {
        return files(ROOT, ".java").stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .toList();
    }

    private static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> all = Files.find(
                folder,
                16,
                (path, attributes) -> attributes.isRegularFile()
                        && path.toString().endsWith(suffix)
                        && !path.toString().contains("/target/"))) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode yaml(Path file) {
        try {
            return new YAMLMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
