package dev.hutong.mapping.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.InvalidPackageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyAdmissionTest {
    private static final PolicyAdmission ADMISSION = new PolicyAdmission(Policies.bundled(Regions.load()));
    private static final String GREEN =
            "  - { name: a green, statements: [{ issuer: 440100.suikangma, risk: LOW }], gives: { risk: LOW } }\n";
    private static final String DECLARED =
            "  - { name: a declaration, statements: [{ issuer: 440100.suikangma, risk: LOW, qualifiers: [SELF_DECLARED] }], gives: { risk: MEDIUM, unmet: [not-self-declared] } }\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void aPolicy() throws IOException {
        Files.writeString(folder.resolve("shenzhen.yaml"), """
                policy: shenzhen
                version: 1.0.0
                title: { zh-CN: 深圳市政策, en: Shenzhen }
                destinations: ["440300"]
                demands:
                  - id: not-self-declared
                    refuse: [SELF_DECLARED]
                    text: { zh-CN: 不接受仅凭本人申报的状态, en: A declaration alone is not enough }
                    remedy: { zh-CN: 请出示绿码, en: Show a green code }
                """);
    }

    private void examples(String... examples) throws IOException {
        Files.writeString(
                folder.resolve("shenzhen.examples.yaml"),
                "now: \"2026-01-05T08:00:00Z\"\nexamples:\n" + String.join("", examples));
    }

    @Test
    void aPolicyWhoseExamplesTryEveryDemandBothWaysIsAdmitted() throws IOException {
        examples(GREEN, DECLARED);
        assertThat(ADMISSION.faults(folder)).isEmpty();
        assertThat(ADMISSION.admit(folder).find("440300").map(Policy::versioned))
                .contains("shenzhen@1.0.0");
    }

    @Test
    void withoutExamplesNoneIs() {
        assertThat(ADMISSION.faults(folder))
                .containsExactly("shenzhen.examples.yaml: is missing; a policy takes effect with examples only");
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> ADMISSION.admit(folder))
                .withMessageContaining("1 to mend");
    }

    @Test
    void aDemandThatNoExampleTriesIsTold() throws IOException {
        examples(GREEN);
        assertThat(ADMISSION.faults(folder)).singleElement().asString().contains("demand not-self-declared");
    }

    @Test
    void anExampleThatDoesNotComeTrueIsTold() throws IOException {
        examples(GREEN, DECLARED.replace("MEDIUM", "HIGH"));
        assertThat(ADMISSION.faults(folder))
                .containsExactly("shenzhen.examples.yaml: a declaration: risk is MEDIUM, not HIGH");
    }

    @Test
    void examplesThatAreNoneAreToldWithTheirLine() throws IOException {
        examples("  - { what: is this }\n");
        assertThat(ADMISSION.faults(folder)).singleElement().asString().contains("line 3");
    }
}
