package dev.hutong.mapping.admission;

import java.util.List;

/**
 * What admission found.
 *
 * @param subject {@code format@version}, or the folder's name where that cannot be read
 * @param findings errors first
 * @param examples how many {@code map} examples were run
 * @param mutants how many changes to the rules were tried
 * @param noticed how many of them an example noticed
 * @param cost what judging one payload can cost at most, in steps of evaluation
 */
public record AdmissionReport(
        String subject, List<Finding> findings, int examples, int mutants, int noticed, long cost) {
    public AdmissionReport {
        findings = findings.stream().sorted(Finding.BY_PLACE).toList();
    }

    /** Whether the package may take effect. */
    public boolean isAdmitted() {
        return errors() == 0;
    }

    /** How many findings stand in the way. */
    public long errors() {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .count();
    }

    /** The share of mutants that an example noticed, in percent, rounded down; 100 where there was nothing to change. */
    public int mutationScore() {
        return mutants == 0 ? 100 : 100 * noticed / mutants;
    }
}
