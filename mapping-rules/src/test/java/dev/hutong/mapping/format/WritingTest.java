package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rule author may write under {@code write}, and what is told about a mistake. */
class WritingTest {
    private static final String WRITE = """
            write:
              vocabularies: { claim: kind, newestFirst: [2, 1] }
              lives: 10 * minutes
              claims: { pcr: "{id}" }
              states:
                - { state: G, risk: LOW, qualifiers: [PROVISIONAL] }
                - { state: R, risk: HIGH, vocabularies: [2] }
              qualifiers:
                - { say: CLOSE_CONTACT, states: [R], claims: { cause: C1 } }
            """;

    @TempDir
    private Path folder;

    @Test
    void aPackageWithoutItIsNeverWritten() {
        assertThat(load("").writing()).isEmpty();
    }

    @Test
    void statesAreThoseOfTheVocabulary() {
        Writing writing = load(WRITE).writing().orElseThrow();

        assertThat(writing.vocabularies()).isEqualTo(List.of(2L, 1L));
        assertThat(writing.states(Optional.of(2L)))
                .extracting(NativeState::name)
                .containsExactly("G", "R");
        assertThat(writing.states(Optional.of(1L)))
                .extracting(NativeState::name)
                .containsExactly("G");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            claim: kind        | claim: sort        | «sort» is not a claim
            claim: kind        | claim: since       | «since» is not a claim of this format that can hold «2»
            10 * minutes       | now                | undeclared reference
            10 * minutes       | state              | write.lives
            '{ pcr: '          | '{ nothing: '      | «nothing» is not a claim
            risk: HIGH         | risk: UNKNOWN      | UNKNOWN is never written
            vocabularies: [2]  | vocabularies: [3]  | not among write.vocabularies
            '{ cause: C1 }'    | '{ until: soon }'  | «until» is not a claim of this format that can hold «soon»
            """)
    void aMistakeIsToldWithItsPlace(String own, String wrong, String told) {
        assertThat(WRITE).contains(own);
        assertThatThrownBy(() -> load(WRITE.replace(own, wrong)))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessageContaining(told);
    }

    private FormatPackage load(String write) {
        TestPackages.write(folder, "example", TestPackages.DOCUMENT + write);
        return TestPackages.load(folder);
    }
}
