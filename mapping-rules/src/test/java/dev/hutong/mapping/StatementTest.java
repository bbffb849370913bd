package dev.hutong.mapping;

import static dev.hutong.mapping.TestStatements.green;
import static dev.hutong.mapping.TestStatements.red;
import static dev.hutong.mapping.TestStatements.unmapped;
import static dev.hutong.mapping.TestStatements.yellow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatementTest {
    @Test
    void aGoodStatementStandsForWhatWasAsserted() {
        assertThat(red().make().risk()).isEqualTo(Risk.HIGH);
        assertThat(red().make().isValid()).isTrue();
        assertThat(red().make().lapsedElevated()).isFalse();
    }

    @Test
    void anExpiredStatementIsUnknownButRemembersWhatItWas() {
        Statement expired = green().expired().make();
        assertThat(expired.risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(expired.assertedRisk()).isEqualTo(Risk.LOW);
        assertThat(expired.isValid()).isFalse();
    }

    @Test
    void onlyYellowAndRedLapseElevated() {
        assertThat(yellow().expired().make().lapsedElevated()).isTrue();
        assertThat(red().expired().make().lapsedElevated()).isTrue();
        assertThat(green().expired().make().lapsedElevated()).isFalse();
        assertThat(unmapped().make().lapsedElevated()).isFalse();
    }

    @Test
    void withoutAReasonAgainstItAStatementMustHaveARiskAndAnEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> green().until(null).make());
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new TestStatements(Risk.UNKNOWN, null, Set.of(), null, TestStatements.END, List.of()).make());
    }
}
