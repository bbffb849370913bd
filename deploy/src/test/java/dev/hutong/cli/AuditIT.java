package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hutong audit} on the ledger of a hub that runs, that has ended, and that somebody has changed. */
class AuditIT {
    @TempDir
    private Path folder;

    private List<String> told = List.of();

    private String data() {
        return folder.resolve("data").toString();
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private void decideSome() throws Exception {
        try (HutongProcess hub =
                HutongProcess.start(folder, "serve", "--port", "0", "--management-port", "0", "--data", data())) {
            String url = hub.awaitReady().group(1);
            try (AskingGate gate = new AskingGate(url, 20)) {
                gate.awaitEnough();
                told = gate.end();
            }
            String proof = get(url + "/v1/decisions/" + told.getFirst() + "/proof");
            Files.writeString(folder.resolve("proof.json"), proof);
            String keys = get(url + "/.well-known/jwks.json");
            Files.writeString(
                    folder.resolve("key.json"),
                    new ObjectMapper().readTree(keys).at("/keys/0").toString());
            hub.terminate();
            hub.awaitExit();
        }
    }

    private InProcess audit(String command, String... more) {
        String[] arguments = new String[more.length + 4];
        System.arraycopy(new String[] {"audit", command, "--data", data()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return InProcess.run(arguments);
    }

    @Test
    void whatWasDecidedIsVerifiedShownExportedAndProved() throws Exception {
        decideSome();

        assertThat(audit("verify").out()).contains("records verified");
        assertThat(audit("show", told.getFirst()).out()).contains(told.getFirst(), "UNKNOWN_FORMAT", "anonymous");
        assertThat(audit("show", "01KD8M6RZ0T9V6R2J3Q4W5X7YZ").exitCode()).isEqualTo(1);
        assertThat(audit("export", "--risk", "UNKNOWN").out().lines()).hasSizeGreaterThanOrEqualTo(told.size());
        assertThat(audit("export", "--risk", "LOW").out()).isEmpty();
        assertThat(audit("export", "--verifier", "nobody").out()).isEmpty();
        assertThat(audit("export", "--to", "2020-01-01T00:00:00Z").out()).isEmpty();
        assertThat(audit("export", "--from", "yesterday").exitCode()).isEqualTo(2);
        assertThat(audit("export", "--format", "csv", "--from", "2020-01-01T00:00:00Z")
                        .out())
                .startsWith("id,at,verifier,risk,")
                .contains(told.getFirst() + ",");

        InProcess proved = prove();
        assertThat(proved.exitCode()).as(proved.out() + proved.err()).isZero();
        assertThat(proved.out()).startsWith("Proved: ").contains(told.getFirst());
        Path proof = folder.resolve("proof.json");
        Files.writeString(proof, Files.readString(proof).replace("anonymous", "somebody"));
        assertThat(prove().exitCode()).isEqualTo(4);
    }

    private InProcess prove() {
        return InProcess.run(
                "audit",
                "prove",
                folder.resolve("proof.json").toString(),
                "--key",
                folder.resolve("key.json").toString());
    }

    @Test
    void theFirstBadBlockIsNamed() throws Exception {
        decideSome();
        byte[] database = Files.readAllBytes(folder.resolve("data/ledger.db"));

        for (String change : List.of(
                "UPDATE ledger_block SET records = CAST(replace(CAST(records AS TEXT), 'UNKNOWN_FORMAT', 'EXPIRED_CODES_') AS BLOB)"
                        + " WHERE number = 2",
                "UPDATE ledger_block SET header = (SELECT header FROM ledger_block WHERE number = 1) WHERE number = 2",
                "UPDATE ledger_block SET header = substr(header, 1, length(header) - 4) || 'AAAA' WHERE number = 2",
                "UPDATE ledger_block SET last_id = first_id || 'X' WHERE number = 2",
                "DELETE FROM ledger_block WHERE number = 2")) {
            Files.write(folder.resolve("data/ledger.db"), database);
            change(change);

            InProcess verify = audit("verify");

            assertThat(verify.exitCode()).as(change).isEqualTo(4);
            assertThat(verify.out()).as(change).contains("block 2 is bad: ");
        }
    }

    @Test
    void anEndThatWasCutOffIsSeenByWhoeverSawItBefore() throws Exception {
        decideSome();
        byte[] database = Files.readAllBytes(folder.resolve("data/ledger.db"));
        String seen = folder.resolve("seen.json").toString();
        assertThat(audit("verify", "--since", seen).out()).contains("Nothing was seen before");
        assertThat(audit("verify", "--since", seen).out()).contains("What was seen before is unchanged");

        change("DELETE FROM ledger_block WHERE number > 2");
        assertThat(audit("verify").exitCode())
                .as("a chain by itself shows no end that is missing")
                .isZero();
        InProcess cut = audit("verify", "--since", seen);
        assertThat(cut.exitCode()).isEqualTo(4);
        assertThat(cut.out()).contains("block 3 is bad: it is missing, and all behind it");
        assertThat(audit("verify", "--since", seen).exitCode())
                .as("it is still known")
                .isEqualTo(4);

        Files.write(folder.resolve("data/ledger.db"), database);
        decideSome();
        assertThat(audit("verify", "--since", seen).out()).contains("What was seen before is unchanged");
    }

    /** As whoever has the hub's key can, and with a chain that is sound by itself. */
    @Test
    void aChainThatWasWrittenAnewFromSomewhereIsSeenByWhoeverSawTheOldOne() throws Exception {
        decideSome();
        byte[] early = Files.readAllBytes(folder.resolve("data/ledger.db"));
        decideSome();
        String seen = folder.resolve("seen.json").toString();
        assertThat(audit("verify", "--since", seen).exitCode()).isZero();

        Files.write(folder.resolve("data/ledger.db"), early);
        decideSome();
        decideSome();
        assertThat(audit("verify").exitCode()).isZero();
        InProcess anew = audit("verify", "--since", seen);
        assertThat(anew.exitCode()).isEqualTo(4);
        assertThat(anew.out()).contains("it is another one than when the chain was last verified: the hub signed both");

        Path file = Path.of(seen);
        Files.writeString(file, Files.readString(file).replaceFirst("[^\"]{4}\"(\\s*)}", "AAAA\"$1}"));
        assertThat(audit("verify", "--since", seen).out()).contains("the hub did not sign what was kept of that");
    }

    @Test
    void aFileOfWhatWasSeenThatIsNoneIsToldSo() throws Exception {
        decideSome();
        Path file = folder.resolve("seen.json");
        for (String none :
                List.of("", "[]", "{}", "[{\"node\":1}]", "[{\"node\":\"x\",\"number\":-1,\"header\":\"y\"}]")) {
            Files.writeString(file, none);

            InProcess verify = audit("verify", "--since", file.toString());

            assertThat(verify.exitCode()).as(none).isEqualTo(1);
            assertThat(verify.err()).as(none).contains("--since: ", "does not hold the ends of a ledger. Restore it");
            assertThat(file).hasContent(none);
        }
        assertThat(audit("verify", "--since", folder.resolve("none/seen.json").toString())
                        .err())
                .contains("there is no folder for");
    }

    /** As somebody with a database client and bad intentions would. */
    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve("data/ledger.db").toUri());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER ledger_block_never_updated");
            statement.execute("DROP TRIGGER ledger_block_never_deleted");
            statement.execute(sql);
        }
    }

    @Test
    void aPeriodIsForgottenByHandUnlessItIsNotOver() throws Exception {
        Path keys = Files.createDirectories(folder.resolve("data/ledger-keys"));
        Files.writeString(keys.resolve("2020-01.key"), "A".repeat(43) + "\n", StandardCharsets.US_ASCII);

        assertThat(audit("forget", "2020-01").out()).startsWith("Forgotten: 2020-01");
        assertThat(keys.resolve("2020-01.key")).doesNotExist();
        assertThat(audit("forget", "2020-01").exitCode()).isEqualTo(1);
        assertThat(audit("forget", "2999-01").err()).contains("is not over");
        assertThat(audit("forget", "January").exitCode()).isEqualTo(2);

        decideSome();
        assertThat(audit("export").out()).contains("\"kind\":\"forgotten\"", "\"period\":\"2020-01\"", "by hand");
        assertThat(audit("verify").exitCode()).isZero();
    }

    @Test
    void aFolderWithoutALedgerIsTold() {
        assertThat(audit("verify").exitCode()).isEqualTo(1);
        assertThat(audit("verify").err()).contains("There is no ledger");
    }
}
