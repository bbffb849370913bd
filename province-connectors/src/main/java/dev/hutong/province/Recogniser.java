package dev.hutong.province;

import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatPackages;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.mapping.format.Recognition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the format that claims what was scanned.
 *
 * <p>Every format's codes begin in a way of their own, and no beginning is the beginning of another. So the one beginning that can fit is
 * the greatest that does not sort after the code: one look-up, however many formats there are. Only formats that share a URL up to its
 * query, and texts of one format with ends of their own, are told apart one by one.
 */
public final class Recogniser {
    private record Candidate(FormatPackage format, Recognition recognition) {}

    private final TreeMap<String, List<Candidate>> beginningToCandidates = new TreeMap<>();
    private final int longestBeginning;

    /**
     * @throws InvalidPackageException where two formats would claim the same code
     */
    public Recogniser(FormatPackages formats) {
        for (FormatPackage format : formats.packages()) {
            for (Recognition recognition : format.recognitions()) {
                for (String beginning : recognition.beginnings()) {
                    add(beginning, new Candidate(format, recognition));
                }
            }
        }
        longestBeginning = beginningToCandidates.keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        requireApart();
    }

    /** The format that claims {@code scanned}; refused as UNKNOWN_FORMAT where none does. */
    public Outcome<RecognisedCode> recognise(ScannedCode scanned) {
        byte[] bytes = scanned.bytes();
        String head = new String(bytes, 0, Math.min(bytes.length, longestBeginning), StandardCharsets.ISO_8859_1);
        Map.Entry<String, List<Candidate>> entry = beginningToCandidates.floorEntry(head);
        if (entry != null && head.startsWith(entry.getKey())) {
            UrlCode url = null;
            for (Candidate candidate : entry.getValue()) {
                if (url == null && candidate.recognition instanceof Recognition.Url) {
                    url = UrlCode.parse(scanned);
                }
                if (claims(candidate.recognition, scanned, url)) {
                    return Outcome.passed(new RecognisedCode(candidate.format, candidate.recognition, scanned));
                }
            }
        }
        return Outcome.refused(Reason.UNKNOWN_FORMAT, "no format claims it");
    }

    /** @param asUrl the same, parsed; null only where it is not needed */
    private static boolean claims(Recognition recognition, ScannedCode scanned, @Nullable UrlCode asUrl) {
        return switch (recognition) {
            case Recognition.Text text -> scanned.endsWith(text.ending());
            case Recognition.Bytes bytes -> scanned.givenAsBytes();
            case Recognition.Url url -> asUrl != null && url.claims(asUrl.parameter(url.parameter()));
        };
    }

    private void add(String beginning, Candidate candidate) {
        List<Candidate> candidates = beginningToCandidates.computeIfAbsent(beginning, b -> new ArrayList<>(1));
        for (Candidate other : candidates) {
            if (!areApart(candidate, other)) {
                throw new InvalidPackageException("recognise: " + candidate.format.id() + " and " + other.format.id()
                        + " would claim the same codes, those that begin with «" + beginning + "»");
            }
        }
        candidates.add(candidate);
    }

    /** Of one format's own texts that begin alike, the first with a fitting end is meant, so that only the last may do without one. */
    private static boolean areApart(Candidate later, Candidate earlier) {
        return switch (earlier.recognition) {
            case Recognition.Url url -> later.recognition instanceof Recognition.Url other && url.isApartFrom(other);
            case Recognition.Text text ->
                later.format.equals(earlier.format)
                        && later.recognition instanceof Recognition.Text other
                        && !text.ending().isEmpty()
                        && !other.ending().endsWith(text.ending());
            case Recognition.Bytes bytes -> false;
        };
    }

    private void requireApart() {
        String previous = null;
        for (String beginning : beginningToCandidates.keySet()) {
            if (previous != null && beginning.startsWith(previous)) {
                throw new InvalidPackageException("recognise: «" + previous + "» is the beginning of «" + beginning
                        + "»: one of the two has to change");
            }
            previous = beginning;
        }
    }
}
