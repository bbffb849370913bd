package dev.hutong.registry;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL for all test classes of this JVM, started by the first that asks and stopped with the JVM. */
final class PostgresServer {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private PostgresServer() {}

    private static final class Running {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException cause) {
                throw new UncheckedIOException("PostgreSQL did not start", cause);
            }
        }
    }

    /** An empty schema that nobody else uses. */
    static PostgresStore newStore() throws SQLException {
        String schema = "registry_" + SCHEMAS.incrementAndGet();
        PostgresStore store = storeIn(Running.SERVER, schema);
        execute(store, "CREATE SCHEMA " + schema);
        return store;
    }

    static PostgresStore storeIn(EmbeddedPostgres server, String schema) {
        String url = "jdbc:postgresql://localhost:%d/postgres?currentSchema=%s".formatted(server.getPort(), schema);
        return new PostgresStore(url, "postgres", "postgres");
    }

    static void execute(PostgresStore store, String statement) throws SQLException {
        try (Connection connection = connect(store);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    static Connection connect(PostgresStore store) throws SQLException {
        return DriverManager.getConnection(store.url(), store.user(), store.password());
    }
}
