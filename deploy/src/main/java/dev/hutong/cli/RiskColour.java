package dev.hutong.cli;

import picocli.CommandLine.Help.Ansi;

/** Shows a risk in its colour, where the terminal has colours. */
final class RiskColour {
    private RiskColour() {}

    static String paint(String risk, Ansi ansi) {
        String style = switch (risk) {
            case "LOW" -> "fg(green),bold";
            case "MEDIUM" -> "fg(yellow),bold";
            case "HIGH" -> "fg(red),bold";
            default -> "fg(magenta)";
        };
        return ansi.string("@|" + style + " " + risk + "|@");
    }
}
