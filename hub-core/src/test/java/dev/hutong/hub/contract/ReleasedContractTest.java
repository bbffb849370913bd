package dev.hutong.hub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hutong.hub.Contract;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** docs/contract.md says what to do where this fails, and how the released contract is renewed at a release. */
class ReleasedContractTest {
    @Test
    void noClientOfTheReleasedContractStumblesOverTheCurrentOne() throws IOException {
        try (InputStream yaml =
                Objects.requireNonNull(ReleasedContractTest.class.getResourceAsStream("/openapi-released.yaml"))) {
            JsonNode released = new YAMLMapper().readTree(yaml);

            assertThat(BreakingChanges.between(released, Contract.load().document()))
                    .as("what breaks clients of the released contract")
                    .isEmpty();
        }
    }
}
