package dev.hutong.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.admission.Admission;
import dev.hutong.mapping.admission.AdmissionReport;
import dev.hutong.mapping.admission.AuthoredPackage;
import dev.hutong.mapping.admission.Check;
import dev.hutong.mapping.admission.Finding;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.province.ScanExample;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Say whether a format package can take effect, and what stands in its way, with file and line.",
        footer = "Exit code: 0 where it is admitted, 1 where it is not.")
final class RulesCheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The package's folder.")
    private Path folder = Path.of("");

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "The version that is there: this one has to be higher.")
    private @Nullable Path against;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Admission admission = new Admission(PackageFolder.REGIONS, Policies.bundled(PackageFolder.REGIONS));
        AdmissionReport report = against == null
                ? admission.check(folder)
                : admission.check(folder, new PackageFolder(against).read().format());
        List<ScanExample> misread = report.examples() == 0 ? List.of() : misread();
        PrintWriter out = Console.of(spec).out();
        boolean isAdmitted = report.isAdmitted() && misread.isEmpty();
        if (json) {
            out.println(asJson(report, misread, isAdmitted).toPrettyString());
        } else {
            print(report, misread, isAdmitted, out);
        }
        return isAdmitted ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private List<ScanExample> misread() {
        AuthoredPackage authored = new PackageFolder(folder).read();
        return ScanExample.all(authored.format(), authored.examples()).stream()
                .filter(scan -> !scan.comesTrue())
                .toList();
    }

    private void print(AdmissionReport report, List<ScanExample> misread, boolean isAdmitted, PrintWriter out) {
        for (Finding finding : report.findings()) {
            out.printf(
                    "%s:%d: %s (%s): %s%n    %s%n",
                    folder.resolve(finding.file()),
                    finding.line(),
                    finding.severity(),
                    finding.check(),
                    Shown.line(finding.message()),
                    finding.remedy());
        }
        for (ScanExample scan : misread) {
            out.printf(
                    "%s: error (examples): «%s» is %s, not %s%n",
                    folder.resolve("examples.yaml"), Shown.line(scan.name()), scan.actual(), scan.expected());
        }
        if (report.examples() > 0) {
            out.printf(
                    "%d examples notice %d of %d mutants (%d %%); judging takes %d steps at most.%n",
                    report.examples(), report.noticed(), report.mutants(), report.mutationScore(), report.cost());
        }
        String verdict =
                isAdmitted ? "is admitted." : "is not admitted: " + (report.errors() + misread.size()) + " to mend.";
        out.println(Shown.line(report.subject()) + " " + verdict);
    }

    private static ObjectNode asJson(AdmissionReport report, List<ScanExample> misread, boolean isAdmitted) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("subject", report.subject())
                .put("admitted", isAdmitted)
                .put("examples", report.examples())
                .put("mutants", report.mutants())
                .put("noticed", report.noticed())
                .put("cost", report.cost());
        ArrayNode findings = tree.putArray("findings");
        for (Finding finding : report.findings()) {
            add(finding, findings);
        }
        for (ScanExample scan : misread) {
            add(misread(scan), findings);
        }
        return tree;
    }

    private static Finding misread(ScanExample scan) {
        return new Finding(
                Check.EXAMPLES,
                Finding.Severity.ERROR,
                "examples.yaml",
                1,
                "«" + scan.name() + "» is " + scan.actual() + ", not " + scan.expected(),
                "Change «recognise» or the example, whichever is wrong.");
    }

    private static void add(Finding finding, ArrayNode findings) {
        findings.addObject()
                .put("check", finding.check().toString())
                .put("severity", finding.severity().toString())
                .put("file", finding.file())
                .put("line", finding.line())
                .put("message", finding.message())
                .put("remedy", finding.remedy());
    }
}
