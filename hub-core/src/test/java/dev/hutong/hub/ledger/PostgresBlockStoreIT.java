package dev.hutong.hub.ledger;

import dev.hutong.registry.PostgresStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresBlockStoreIT extends BlockStoreContract {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    /** In a schema of its own. */
    @Override
    BlockStore open() throws SQLException {
        String schema = "ledger_" + SCHEMAS.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        }
        String url = "jdbc:postgresql://localhost:%d/postgres?currentSchema=%s".formatted(server.getPort(), schema);
        return JdbcBlockStore.openPostgres(new PostgresStore(url, "postgres", "postgres"));
    }
}
