package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.ledger.LedgerReader;
import dev.hutong.hub.ledger.LedgerReader.Found;
import dev.hutong.hub.ledger.RecordFilter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Write records out, in the order of each chain: as they are (NDJSON), or decisions as a table (CSV, RFC 4180).")
final class AuditExportCommand implements Callable<Integer> {
    private enum Form {
        ndjson,
        csv
    }

    private static final List<String> COLUMNS =
            List.of("id", "at", "verifier", "risk", "reason", "destination", "policy");
    private static final List<String> OF_CODES = List.of("format", "rules", "issuer", "holder");

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Option(names = "--format", paramLabel = "FORMAT", description = "ndjson or csv (default: ndjson).")
    private Form format = Form.ndjson;

    @Option(names = "--from", paramLabel = "TIME", description = "The earliest time, such as 2026-11-24T00:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "The time before which.")
    private @Nullable String to;

    @Option(names = "--verifier", paramLabel = "ID", description = "The client that asked.")
    private @Nullable String verifier;

    @Option(names = "--issuer", paramLabel = "ID", description = "Whose codes, such as 330100.example.")
    private @Nullable String issuer;

    @Option(names = "--risk", paramLabel = "RISK", description = "LOW, MEDIUM, HIGH or UNKNOWN.")
    private @Nullable String risk;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        RecordFilter filter = new RecordFilter(
                time("--from", from),
                time("--to", to),
                Optional.ofNullable(verifier),
                Optional.ofNullable(issuer),
                Optional.ofNullable(risk));
        PrintWriter out = Console.of(spec).out();
        Consumer<Found> write = format == Form.csv ? table(out) : found -> line(found, out);
        return ledger.read(store -> {
            new LedgerReader(store).scan(filter, write);
            out.flush();
            return ExitCodes.OK;
        });
    }

    private static Optional<Instant> time(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    option + ": a time such as 2026-11-24T00:00:00Z is expected, not " + Shown.line(text));
        }
    }

    private static void line(Found found, PrintWriter out) {
        out.print(new String(found.octets(), StandardCharsets.UTF_8));
        out.print('\n');
    }

    private static Consumer<Found> table(PrintWriter out) {
        out.print(String.join(",", COLUMNS) + "," + String.join(",", OF_CODES) + "\r\n");
        return found -> {
            if (found.json().path("kind").asText().equals("decision")) {
                out.print(row(found.json()) + "\r\n");
            }
        };
    }

    private static String row(JsonNode record) {
        List<String> cells = new ArrayList<>();
        COLUMNS.forEach(column -> cells.add(record.path(column).asText("")));
        OF_CODES.forEach(column -> cells.add(ofCodes(record, column)));
        return cells.stream().map(AuditExportCommand::cell).collect(Collectors.joining(","));
    }

    /** Of several codes of one person with spaces between, which none of these values holds. */
    private static String ofCodes(JsonNode record, String column) {
        List<String> values = new ArrayList<>();
        record.path("codes").forEach(code -> values.add(code.path(column).asText("")));
        return String.join(" ", values);
    }

    /** A null is empty; what a table program would take for a formula is made a text. */
    private static String cell(String value) {
        String text = value.equals("null") ? "" : value;
        String harmless = text.matches("^[=+@\\t\\r-].*") ? "'" + text : text;
        return harmless.matches("[^\",\\r\\n]*") ? harmless : "\"" + harmless.replace("\"", "\"\"") + "\"";
    }
}
