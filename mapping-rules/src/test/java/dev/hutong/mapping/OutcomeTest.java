package dev.hutong.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final IssuerName ISSUER = new IssuerName(new RegionCode("330100"), new FormatId("example"));

    @Test
    void aPassedStepHandsItsValueOn() {
        assertThat(Outcome.passed(20).then(value -> Outcome.passed(value + 1))).isEqualTo(Outcome.passed(21));
    }

    @Test
    void aRefusalGoesThroughAndNoLaterStepRuns() {
        Outcome<Integer> refused = Outcome.refused(Reason.MALFORMED_CODE, "broken");
        Outcome<String> after = refused.then(value -> {
            throw new AssertionError("ran on " + value);
        });
        assertThat(after).isEqualTo(Outcome.refused(Reason.MALFORMED_CODE, "broken"));
    }

    @Test
    void aLaterStepMayRefuse() {
        Outcome<Integer> after = Outcome.passed(1).then(value -> Outcome.refused(Reason.NOT_CHECKED, "nobody"));
        assertThat(after).isEqualTo(Outcome.refused(Reason.NOT_CHECKED, "nobody"));
    }

    @Test
    void aRefusalNamesNoSignerUntilASignatureIsVerified() {
        var refused = new Outcome.Refused<Integer>(Reason.ISSUER_ERROR, "late", null);
        assertThat(refused.signedBy()).isNull();
        assertThat(refused.signedBy(ISSUER).signedBy()).isEqualTo(ISSUER);
        assertThat(refused.signedBy(ISSUER).<String>carry())
                .isEqualTo(new Outcome.Refused<String>(Reason.ISSUER_ERROR, "late", ISSUER));
    }
}
