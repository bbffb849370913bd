package dev.hutong.hub.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that were written before they noted steps. */
class OlderRecordTest {
    private static final String ID = "01KD8M6RZ0T9V6R2J3Q4W5X7YZ";
    private static final String RECORD = """
            {"kind":"decision","id":"%s","at":"2026-01-05T08:00:00Z","verifier":"gate","risk":"LOW","reason":null,\
            "destination":"330100","policy":"hangzhou@1.0.0","checkpoint":{"size":1,"root":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},\
            "codes":[{"format":"yuekangma","rules":"yuekangma@1.0.0","issuer":"440000.yuekangma","reason":null,"holder":null}],\
            "contestable":null}""".formatted(ID);

    @Test
    void isReadAndToldAsItStands() {
        MemoryStore store = new MemoryStore();
        store.append(List.of(
                new Block("node", 0, ID, ID, "header", (RECORD + "\n").getBytes(StandardCharsets.UTF_8), List.of())));

        LedgerReader.Found found = new LedgerReader(store).find(ID).orElseThrow();

        assertThat(found.json().at("/codes/0/rules").textValue()).isEqualTo("yuekangma@1.0.0");
        assertThat(DerivedTrace.with(found)).asString(StandardCharsets.UTF_8).isEqualTo(RECORD);
    }
}
