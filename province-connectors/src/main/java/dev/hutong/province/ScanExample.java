package dev.hutong.province;

import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.Examples;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatPackages;
import java.util.HexFormat;
import java.util.List;

/**
 * A {@code recognise} example of a format package, and what became of what it scans where that format is the only one.
 *
 * @param name the example's name
 * @param expected {@code claimed}, {@code malformed} or {@code not-claimed}
 * @param actual the same
 */
public record ScanExample(String name, String expected, String actual) {

    /** Reads every {@code recognise} example as a scanner's text or bytes would be read. */
    public static List<ScanExample> all(FormatPackage format, Examples examples) {
        Recogniser recogniser = new Recogniser(new FormatPackages(List.of(format)));
        EnvelopeReader reader = new EnvelopeReader();
        return examples.recognise().stream()
                .map(scan -> new ScanExample(scan.name(), scan.is(), actual(scanned(scan), recogniser, reader)))
                .toList();
    }

    /** Whether it is read as the example says. */
    public boolean comesTrue() {
        return expected.equals(actual);
    }

    private static String actual(ScannedCode scanned, Recogniser recogniser, EnvelopeReader reader) {
        Outcome<RecognisedCode> recognised = recogniser.recognise(scanned);
        if (recognised instanceof Outcome.Refused<RecognisedCode> refused) {
            return refused.reason() == Reason.MALFORMED_CODE ? "malformed" : "not-claimed";
        }
        return recognised.then(reader::open) instanceof Outcome.Passed ? "claimed" : "malformed";
    }

    private static ScannedCode scanned(Examples.Scan scan) {
        String code = scan.code();
        String bytes = scan.bytes();
        if (code != null) {
            return ScannedCode.ofText(code);
        }
        return ScannedCode.ofBytes(HexFormat.of().parseHex(bytes == null ? "" : bytes));
    }
}
