package dev.hutong.province;

import static dev.hutong.province.Codes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Yaml;
import dev.hutong.mapping.format.FormatPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every format package says by example what it claims; here its examples are read by the code that will read its codes. */
class FormatExamplesTest {
    record Examples(
            @JsonProperty(required = true) List<Scan> recognise,
            @Nullable JsonNode base,
            @Nullable JsonNode map) {}

    /** Exactly one of {@code code} (text) and {@code bytes} (hexadecimal) is given. */
    record Scan(
            @JsonProperty(required = true) String name,
            @Nullable String code,
            @Nullable String bytes,
            @JsonProperty(required = true) String is) {

        ScannedCode scanned() {
            if (code != null) {
                return ScannedCode.ofText(code);
            }
            if (bytes != null) {
                return ScannedCode.ofBytes(HexFormat.of().parseHex(bytes));
            }
            throw new IllegalArgumentException(name + " has neither code nor bytes");
        }
    }

    @TestFactory
    Stream<DynamicNode> everyExampleIsReadAsItSays() {
        return Codes.FORMATS.packages().stream()
                .map(format -> dynamicContainer(
                        format.id().value(),
                        examplesOf(format).recognise().stream()
                                .map(scan -> dynamicTest(scan.is() + ": " + scan.name(), () -> check(format, scan)))));
    }

    private static void check(FormatPackage format, Scan scan) {
        Outcome<OpenedCode> opened = Codes.open(scan.scanned());
        switch (scan.is()) {
            case "claimed" -> assertThat(Codes.passed(opened).format()).isEqualTo(format);
            case "malformed" -> {
                assertThat(claimant(scan)).isEqualTo(format);
                assertRefused(opened, Reason.MALFORMED_CODE);
            }
            case "not-claimed" -> assertThat(claimant(scan)).isNotEqualTo(format);
            default -> throw new IllegalArgumentException(scan.name() + ": is: " + scan.is());
        }
    }

    private static @Nullable FormatPackage claimant(Scan scan) {
        return Codes.recognise(scan.scanned()) instanceof Outcome.Passed<RecognisedCode>(RecognisedCode code)
                ? code.format()
                : null;
    }

    private static Examples examplesOf(FormatPackage format) {
        return Yaml.withBundled("/formats/" + format.id(), folder -> {
            try {
                return Yaml.read(folder.resolve("examples.yaml"), Examples.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
