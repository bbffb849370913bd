package dev.hutong.cli;

import dev.hutong.conformance.demo.Row;
import dev.hutong.hub.Hub;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints the demo's rows as they come, in columns. Chinese characters are two columns wide. */
final class DemoTable {
    private static final int[] WIDTHS = {17, 10, 25, 7, 11, 8};

    private static final int LINE = 116;

    private final Console console;

    DemoTable(Console console) {
        this.console = console;
    }

    void head() {
        console.out().println(line("holder", "code", "from", "to", "native", "risk", "reason or qualifiers", "ms"));
        console.out().flush();
    }

    void row(Row row) {
        String plain = line(
                row.holder() + " " + row.name(),
                row.format(),
                row.from(),
                row.to(),
                row.nativeState(),
                row.risk(),
                row.detail(),
                String.format(Locale.ROOT, "%.1f", row.millis()));
        int risk = plain.indexOf(row.risk(), plain.indexOf(row.to()));
        String coloured = plain.substring(0, risk)
                + RiskColour.paint(row.risk(), console.ansi())
                + plain.substring(risk + row.risk().length());
        console.out().println(row.expected() ? coloured : coloured + "  ✗ " + row.mismatch());
        console.out().flush();
    }

    void foot(List<Row> rows, Path images) {
        long wrong = rows.stream().filter(row -> !row.expected()).count();
        console.out()
                .printf(
                        "%d people, %s. Their QR images are in %s/.%n",
                        rows.size(),
                        wrong == 0 ? "every row as it should be" : wrong + " rows NOT as they should be",
                        images);
        console.out().flush();
    }

    /** What somebody may ask while the demo stays up: the first row's code again, with its steps, and a code that lasts. */
    void whatToTry(Hub hub, DemoClient client, Row first, Path request) {
        console.out().printf("%nThe hub stays up until Ctrl-C. In another terminal:%n");
        console.out()
                .printf(
                        "  ./hutong resolve --image %s --destination %s --explain --hub %s %s%n",
                        first.image(), first.to(), hub.url(), client.options());
        console.out()
                .printf(
                        "  curl -s -H \"Authorization: Bearer $(%s)\" -H 'Content-Type: application/json' --data '@%s' %s/v1/resolve%n",
                        client.tokenCommand(hub.url()), request, hub.url());
        console.out().printf("  curl -s %s/v1/issuers%n", hub.url());
        console.out().printf("  curl -s %s/health/ready%n", hub.managementUrl());
        console.out().flush();
    }

    private static String line(String... cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            boolean last = i == cells.length - 1;
            if (last) {
                line.append(" ".repeat(Math.max(1, LINE - 7 - columns(line))))
                        .append(" ".repeat(Math.max(0, 7 - cells[i].length())))
                        .append(cells[i]);
            } else {
                line.append(cells[i])
                        .append(" ".repeat(i < WIDTHS.length ? Math.max(1, WIDTHS[i] + 1 - columns(cells[i])) : 1));
            }
        }
        return line.toString();
    }

    private static int columns(CharSequence text) {
        return text.chars().map(c -> c >= 0x1100 && c <= 0xffe6 ? 2 : 1).sum();
    }
}
