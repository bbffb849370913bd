package dev.hutong.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.hub.config.LedgerConfig.WhenStoreIsGone;
import dev.hutong.hub.ledger.PseudonymPeriod;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code ledger} in {@code hub.yaml}. */
class LedgerConfigTest {
    private final List<String> mistakes = new ArrayList<>();

    private LedgerConfig read(String json) throws JsonProcessingException {
        ConfigTree tree = new ConfigTree(new ObjectMapper().readTree(json), mistakes);
        LedgerConfig config = LedgerConfig.read(tree);
        tree.refuseUnknownKeys();
        return config;
    }

    @Test
    void everyKeyIsRead() throws JsonProcessingException {
        LedgerConfig config = read("""
                { "ledger": { "whenStoreIsGone": "spool", "spoolLimitMiB": 7,
                  "pseudonyms": { "period": "day" }, "retention": { "pseudonyms": "P90D" } } }""");

        assertThat(mistakes).isEmpty();
        assertThat(config)
                .isEqualTo(new LedgerConfig(WhenStoreIsGone.SPOOL, 7, PseudonymPeriod.DAY, Period.ofDays(90)));
        assertThat(config.spoolLimitOctets()).isEqualTo(7L << 20);
    }

    @Test
    void whatIsLeftOutRefusesAndForgetsAfterSixMonths() throws JsonProcessingException {
        assertThat(read("{}"))
                .isEqualTo(new LedgerConfig(WhenStoreIsGone.REFUSE, 1_024, PseudonymPeriod.MONTH, Period.ofMonths(6)));
    }

    @Test
    void allMistakesAreToldTogetherEachWithItsPath() throws JsonProcessingException {
        read("""
                { "ledger": { "whenStoreIsGone": "guess", "spoolLimitMiB": 0,
                  "pseudonyms": { "period": "year" }, "retention": { "pseudonyms": "-P1M", "decisions": "P1Y" } } }""");

        assertThat(mistakes)
                .anySatisfy(one -> assertThat(one).startsWith("ledger.whenStoreIsGone: one of refuse, spool"))
                .anySatisfy(one -> assertThat(one).startsWith("ledger.spoolLimitMiB: 1 to 1048576"))
                .anySatisfy(one -> assertThat(one).startsWith("ledger.pseudonyms.period: one of month, day"))
                .anySatisfy(one -> assertThat(one).startsWith("ledger.retention.pseudonyms: a period such as P6M"))
                .anySatisfy(one -> assertThat(one).startsWith("ledger.retention.decisions: there is no such key"))
                .hasSize(5);
    }
}
