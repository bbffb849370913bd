package dev.hutong.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values every step of the hub speaks in. */
class VocabularyTest {
    @Test
    void risksHaveTheNationalCodesAsText() {
        assertThat(Risk.LOW.code()).isEqualTo("00");
        assertThat(Risk.MEDIUM.code()).isEqualTo("01");
        assertThat(Risk.HIGH.code()).isEqualTo("10");
        assertThat(Risk.UNKNOWN.code()).isNull();
    }

    @Test
    void onlyMediumAndHighAreElevated() {
        assertThat(Risk.values()).filteredOn(Risk::isElevated).containsExactly(Risk.MEDIUM, Risk.HIGH);
    }

    @Test
    void reasonsStandInTheirOrderOfPrecedence() {
        assertThat(Reason.values())
                .extracting(Reason::name)
                .containsExactly(
                        "STALE_REGISTRY",
                        "UNKNOWN_FORMAT",
                        "MALFORMED_CODE",
                        "UNKNOWN_ISSUER",
                        "ISSUER_SUSPENDED",
                        "UNKNOWN_KEY",
                        "KEY_REVOKED",
                        "KEY_NOT_VALID_YET",
                        "KEY_RETIRED",
                        "BAD_SIGNATURE",
                        "CODE_NOT_VALID_YET",
                        "EXPIRED_CODE",
                        "CODE_REVOKED",
                        "ISSUER_UNAVAILABLE",
                        "ISSUER_ERROR",
                        "NOT_CHECKED",
                        "UNMAPPED_STATUS",
                        "EXPIRED_DECLARATION",
                        "EXPIRED_STATEMENT",
                        "NO_POLICY");
    }

    @Test
    void qualifiersStandInTheOrderOfTheContract() {
        assertThat(Qualifier.values())
                .extracting(Qualifier::name)
                .containsExactly(
                        "SELF_DECLARED",
                        "PROVISIONAL",
                        "TEMPERATURE_ONLY",
                        "CLOSE_CONTACT",
                        "PRINTED",
                        "DEPENDANT",
                        "STALE");
    }

    @Test
    void anIssuerIsWrittenAsRegionAndFormat() {
        assertThat(new IssuerName(new RegionCode("440100"), new FormatId("suikangma")))
                .hasToString("440100.suikangma");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "sui-kang-ma-2", "abcdefghijklmnopqrstuvwxyz012345"})
    void aFormatIdIsALowerCaseLetterAndWhatFollows(String id) {
        assertThat(new FormatId(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "2a", "-a", "a_b", "a.b", "a/b", "..", "粤康码", "a\n", "abcdefghijklmnopqrstuvwxyz0123456"
            })
    void nothingElseIsAFormatId(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FormatId(id)).withMessageContaining(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000000", "440100", "999999"})
    void aRegionIsSixDigits(String code) {
        assertThat(RegionCode.isSixDigits(code)).isTrue();
        assertThat(new RegionCode(code)).hasToString(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "44010", "4401000", "44010a", " 44010", "-44010", "４４０１００", "٤٤٠١٠٠"})
    void nothingElseIsARegion(String code) {
        assertThat(RegionCode.isSixDigits(code)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new RegionCode(code));
    }

    @Test
    void onlyAPositivePcrIsAPositivePcr() {
        assertThat(new Evidence("pcr", "POSITIVE", null).isPositivePcr()).isTrue();
        assertThat(new Evidence("pcr", "WAITING", null).isPositivePcr()).isFalse();
        assertThat(new Evidence("temperature", "POSITIVE", null).isPositivePcr())
                .isFalse();
    }
}
