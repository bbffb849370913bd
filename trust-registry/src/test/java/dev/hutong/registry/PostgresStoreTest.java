package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresStoreTest {
    @Test
    void itsTextHoldsNoPassword() {
        PostgresStore store =
                new PostgresStore("jdbc:postgresql://db.example/hutong?sslmode=verify-full", "hub", "s3cret");
        assertThat(store.toString()).contains("db.example").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example/hutong?password=s3cret",
                "jdbc:postgresql://db.example/hutong?user=hub&PASSWORD=s3cret",
                "jdbc:postgresql://db.example/hutong?sslpassword=s3cret",
                "jdbc:postgresql://hub:s3cret@db.example/hutong",
                "jdbc:postgresql://db.example:port/hutong",
                "postgres://hub:s3cret@db.example/hutong",
                "jdbc:sqlite:s3cret.db",
                ""
            })
    void aUrlThatIsNoneOrHoldsAPasswordIsRefusedWithoutBeingRepeated(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PostgresStore(url, "hub", ""))
                .withMessageNotContaining("s3cret")
                .withMessageContaining("database");
    }
}
