package dev.hutong.mapping.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.Examples;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.mapping.policy.Policy;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at format packages before they take effect. Immutable; a look takes seconds, and nothing of it is kept. */
public final class Admission {
    private final Regions regions;
    private final Policy policy;

    /**
     * @param policies of which the default judges several statements together
     */
    public Admission(Regions regions, Policies policies) {
        this.regions = regions;
        this.policy = policies.defaultPolicy();
    }

    /** Looks at the package in {@code folder}. What is wrong with it is in the report, never an exception. */
    public AdmissionReport check(Path folder) {
        return look(folder, null);
    }

    /** The same for the next version of {@code present}: it has to be a higher one of the same format. */
    public AdmissionReport check(Path folder, FormatPackage present) {
        return look(folder, present);
    }

    /**
     * Looks at a package that has been read already.
     *
     * @param name what the report calls it where it cannot be read
     * @param pathToFile its files, octet by octet
     */
    public AdmissionReport check(String name, Map<String, byte[]> pathToFile) {
        return look(name, file -> SourceFile.of(file, pathToFile.get(file)), null);
    }

    /** Where a package's files come from. */
    private interface Source {
        SourceFile read(String file) throws SourceFile.Unreadable;
    }

    private AdmissionReport look(Path folder, @Nullable FormatPackage present) {
        return look(String.valueOf(folder.getFileName()), file -> SourceFile.read(folder.resolve(file)), present);
    }

    private AdmissionReport look(String name, Source files, @Nullable FormatPackage present) {
        List<Finding> findings = new ArrayList<>();
        SourceFile source = read(files, FormatVersions.DOCUMENT, findings);
        SourceFile examples = read(files, Examples.FILE, findings);
        if (source == null || examples == null) {
            return refused(name, findings);
        }
        findings.addAll(DocumentSchema.FORMAT_PACKAGE.findings(source));
        findings.addAll(DocumentSchema.EXAMPLES.findings(examples));
        if (findings.isEmpty()) {
            findings.addAll(Compilation.findings(source, regions));
        }
        if (!findings.isEmpty()) {
            return refused(name(source.tree()), findings);
        }
        return look(source, examples, present);
    }

    private AdmissionReport look(SourceFile source, SourceFile examples, @Nullable FormatPackage present) {
        List<Finding> findings = new ArrayList<>();
        FormatPackage format = FormatPackage.of(source.tree(), regions);
        if (present != null) {
            addDowngrade(source, format, present, findings);
        }
        Subject subject;
        try {
            Examples written = Examples.of(examples.tree());
            subject = new Subject(source, examples, format, written, SignedExample.of(written));
        } catch (InvalidPackageException | IllegalArgumentException e) {
            findings.add(inFile(
                    Check.EXAMPLES,
                    examples,
                    1,
                    String.valueOf(e.getMessage()),
                    "Write the example as the head of a bundled examples.yaml explains."));
            return refused(format.versioned(), findings);
        }
        addFailing(subject, findings);
        findings.addAll(CostBound.findings(subject));
        findings.addAll(Completeness.findings(subject));
        findings.addAll(Coverage.ofRules(subject));
        findings.addAll(Coverage.ofConditions(subject));
        findings.addAll(InvariantCheck.of(subject, policy));
        findings.addAll(FieldUse.findings(subject));
        boolean comeTrue = findings.stream().noneMatch(finding -> finding.check() == Check.EXAMPLES);
        Mutation mutation = comeTrue ? Mutation.of(subject, regions) : new Mutation(0, List.of());
        findings.addAll(mutation.findings(subject));
        return new AdmissionReport(
                format.versioned(),
                findings,
                subject.signed().size(),
                mutation.tried(),
                mutation.noticed(),
                CostBound.of(subject));
    }

    private static void addFailing(Subject subject, List<Finding> findings) {
        SourceFile file = subject.examplesSource();
        List<SignedExample> examples = subject.signed();
        for (int i = 0; i < examples.size(); i++) {
            ExampleRun run = ExampleRun.of(subject.format(), examples.get(i));
            if (!run.comesTrue()) {
                findings.add(inFile(
                        Check.EXAMPLES,
                        file,
                        file.line("/map/" + i),
                        "«" + run.name() + "» gives " + run.actualAsFarAsExpected() + ", not " + run.expected(),
                        "Change the rule or the example, whichever is wrong."));
            }
        }
    }

    private static void addDowngrade(
            SourceFile source, FormatPackage format, FormatPackage present, List<Finding> findings) {
        boolean isLater = Version.parse(format.version()).compareTo(Version.parse(present.version())) > 0;
        if (!format.issuer().equals(present.issuer())) {
            findings.add(inFile(
                    Check.VERSION,
                    source,
                    source.line("/format"),
                    "is of " + format.issuer() + ", not of " + present.issuer(),
                    "Compare it with a version of the same format."));
        } else if (!isLater) {
            findings.add(inFile(
                    Check.VERSION,
                    source,
                    source.line("/version"),
                    "version " + format.version() + " is not higher than " + present.version() + ", which is there",
                    "Give it a higher version: what was in force once is never changed, only followed."));
        }
    }

    private static @Nullable SourceFile read(Source files, String file, List<Finding> findings) {
        try {
            return files.read(file);
        } catch (SourceFile.Unreadable e) {
            findings.add(new Finding(
                    Check.SCHEMA,
                    Finding.Severity.ERROR,
                    file,
                    e.line(),
                    e.what(),
                    "A package is a folder with format.yaml and examples.yaml, plain YAML without anchors."));
            return null;
        }
    }

    private static Finding inFile(Check check, SourceFile file, int line, String message, String remedy) {
        return new Finding(check, Finding.Severity.ERROR, file.name(), line, message, remedy);
    }

    private static String name(JsonNode document) {
        return document.path("format").asText() + "@" + document.path("version").asText();
    }

    private static AdmissionReport refused(String subject, List<Finding> findings) {
        return new AdmissionReport(subject, findings, 0, 0, 0, 0);
    }
}
