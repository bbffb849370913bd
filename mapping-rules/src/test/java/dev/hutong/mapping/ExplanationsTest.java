package dev.hutong.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplanationsTest {
    private static final Explanations EXPLANATIONS = Explanations.bundled();
    private static final Bilingual ORANGE = new Bilingual("橙码：密切接触者", "orange code: close contact");
    private static final Bilingual YELLOW = new Bilingual("黄码", "yellow code");

    @ParameterizedTest
    @EnumSource
    void everyReasonHasATextInBothLanguages(Reason reason) {
        assertThat(EXPLANATIONS.of(reason).chinese()).isNotBlank();
        assertThat(EXPLANATIONS.of(reason).english()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonSaysWhatCanBeDoneNext(Reason reason) {
        assertThat(EXPLANATIONS.remedyOf(reason).chinese()).isNotBlank();
        assertThat(EXPLANATIONS.remedyOf(reason).english()).isNotBlank();
    }

    @Test
    void whatIsNotMetStandsBehindTheQualifiers() {
        assertThat(EXPLANATIONS.of(
                        Risk.MEDIUM,
                        List.of(YELLOW),
                        EnumSet.of(Qualifier.PRINTED),
                        List.of(new Bilingual("不够", "not enough"))))
                .isEqualTo(new Bilingual(
                        "中风险：黄码。纸质码。不够。", "Medium risk: yellow code. The code is a printed one. not enough."));
    }

    @ParameterizedTest
    @EnumSource
    void everyRiskHasATextInBothLanguages(Risk risk) {
        Bilingual text = EXPLANATIONS.of(risk, List.of(YELLOW), Set.of(), List.of());
        assertThat(text.chinese()).endsWith("：黄码。").hasSizeGreaterThan("：黄码。".length());
        assertThat(text.english()).endsWith(": yellow code.").hasSizeGreaterThan(": yellow code.".length());
    }

    @ParameterizedTest
    @EnumSource
    void everyQualifierAddsASentence(Qualifier qualifier) {
        Bilingual without = EXPLANATIONS.of(Risk.MEDIUM, List.of(YELLOW), Set.of(), List.of());
        Bilingual with = EXPLANATIONS.of(Risk.MEDIUM, List.of(YELLOW), Set.of(qualifier), List.of());
        assertThat(with.chinese()).startsWith(without.chinese()).endsWith("。").isNotEqualTo(without.chinese());
        assertThat(with.english()).startsWith(without.english() + " ").endsWith(".");
    }

    @Test
    void aRiskIsToldWithWhatItRestsOnEachGroundOnce() {
        assertThat(EXPLANATIONS.of(
                        Risk.MEDIUM,
                        List.of(ORANGE, YELLOW, ORANGE),
                        EnumSet.of(Qualifier.PRINTED, Qualifier.CLOSE_CONTACT),
                        List.of()))
                .isEqualTo(new Bilingual(
                        "中风险：橙码：密切接触者、黄码。密切接触者。纸质码。",
                        "Medium risk: orange code: close contact, yellow code. The holder is a close contact."
                                + " The code is a printed one."));
    }
}
