package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and assertions go to a hub where they belong and where they do not; neither they nor its own secrets are said or kept anywhere. */
class NoSecretsIT {
    private static final String PASSWORD = "quxMarkedPasswordOfTheDatabase";

    @TempDir
    private Path folder;

    @Test
    void nothingThatAHubSaysOrKeepsTellsASecret() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            requirePassword(server);
            try (TellingHub hub = new TellingHub(folder, List.of(), store(server))) {
                sendTokens(hub);
                sendAssertions(hub);
                Map<String, byte[]> said = hub.end();
                said.put("the database", dump(server));
                Markers secrets = hub.secrets();
                secrets.add(PASSWORD);

                assertThat(said.get("the log"))
                        .asString(StandardCharsets.UTF_8)
                        .contains("\"operation\":\"POST /oauth2/token\"", "\"caller\":\"hospital-7\"");
                assertThat(said.get("the database"))
                        .asString(StandardCharsets.UTF_8)
                        .contains("hospital-7");
                assertThat(said.get("the problems"))
                        .asString(StandardCharsets.UTF_8)
                        .contains("invalid_client", "token-invalid");
                said.forEach((what, octets) ->
                        assertThat(secrets.in(octets)).as(what).isEmpty());
            }
        }
    }

    private static void sendTokens(TellingHub hub) throws Exception {
        String token = hub.token();
        String damaged = token.substring(0, token.length() - 4) + "AAAA";
        hub.send("/v1/resolve", request("x"), Map.of());
        for (String authorization : List.of(
                "Bearer " + damaged, "Bearer " + token + " ", "Basic " + token, token, "Bearer " + token + "=")) {
            hub.send("/v1/resolve", request("x"), Map.of("Authorization", authorization));
        }
        for (String header : List.of("X-Request-Id", "Cookie", "Accept", "User-Agent", "DPoP", "traceparent")) {
            hub.send("/v1/resolve", request("x"), Map.of(header, token));
        }
        sendAnywhere(hub, token);
        hub.sendRaw("GET / HTTP/1.1\r\nHost: a\r\nAuthorization : Bearer " + token + "\r\n\r\n");
        hub.sendRaw("Bearer " + token + "\r\n\r\n");
    }

    private static void sendAssertions(TellingHub hub) throws Exception {
        String used = hub.assertion();
        assertThat(hub.askForToken(used)).contains("access_token");
        assertThat(hub.askForToken(used)).contains("invalid_client");
        String good = hub.assertion();
        hub.askForToken(good.substring(0, good.length() - 4) + "AAAA");
        hub.askForToken(good + "&client_assertion=" + good);
        hub.askForToken(good + "&scope=operator");
        hub.askForToken(good + "%zz");
        hub.send("/oauth2/token", good, Map.of());
        hub.send("/v1/resolve", request("x"), Map.of("Authorization", "Bearer " + good));
        sendAnywhere(hub, hub.assertion());
    }

    /** As a code, and in every part of a path. */
    private static void sendAnywhere(TellingHub hub, String jwt) throws Exception {
        hub.send("/v1/resolve", request(jwt), Map.of());
        hub.send("/v1/resolve", "{\"" + jwt + "\":1}", Map.of());
        hub.send("/v1/registry/proposals", "{\"payload\":\"" + jwt + "\"}", Map.of());
        hub.get("/oauth2/token?client_assertion=" + jwt);
        hub.get("/federation/list?access_token=" + jwt);
        hub.get("/v1/issuers/" + jwt);
        hub.get("/" + jwt);
    }

    private static String request(String code) {
        return JsonNodeFactory.instance.objectNode().put("code", code).toString();
    }

    /** A role that is let in by its password alone. */
    private static void requirePassword(EmbeddedPostgres server) throws SQLException, IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE ROLE hub LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
            try (ResultSet file = sql.executeQuery("SHOW hba_file")) {
                file.next();
                Path rules = Path.of(file.getString(1));
                Files.writeString(rules, "host all hub all scram-sha-256\n" + Files.readString(rules));
            }
            sql.execute("SELECT pg_reload_conf()");
        }
    }

    private String store(EmbeddedPostgres server) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        return "registry: { store: { url: \"jdbc:postgresql://127.0.0.1:" + server.getPort()
                + "/postgres\", user: hub, passwordFile: " + password + " } }";
    }

    /** Every row of every table that is not the database's own, as text. */
    private static byte[] dump(EmbeddedPostgres server) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            for (String table : column(
                    sql,
                    "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
                            + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
                column(sql, "SELECT t::text FROM " + table + " t")
                        .forEach(row -> rows.append(row).append('\n'));
            }
        }
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> column(Statement sql, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
