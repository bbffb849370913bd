package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.InvalidPackageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a package compiles; each expression that does not is told with its own line. */
final class Compilation {
    private static final String REMEDY =
            "Name only claims that are declared, compare values of one type, and see docs/format-packages.md for what an expression may do.";

    private Compilation() {}

    static List<Finding> findings(SourceFile source, Regions regions) {
        List<ExpressionSite> sites = ExpressionSite.of(source.tree());
        JsonNode sound = source.tree();
        for (ExpressionSite site : sites) {
            sound = site.replacedBy(site.isCondition() ? "false" : "0", sound);
        }
        List<Finding> findings = new ArrayList<>();
        Optional<String> withoutExpressions = fault(sound, regions);
        if (withoutExpressions.isPresent()) {
            findings.add(finding(
                    source, source.line(place(withoutExpressions.get(), source.tree())), withoutExpressions.get()));
            return findings;
        }
        for (ExpressionSite site : sites) {
            fault(site.replacedBy(site.source(), sound), regions)
                    .ifPresent(fault -> findings.add(finding(source, source.line(site.at()), fault)));
        }
        if (findings.isEmpty()) {
            fault(source.tree(), regions).ifPresent(fault -> findings.add(finding(source, 1, fault)));
        }
        return findings;
    }

    private static Optional<String> fault(JsonNode document, Regions regions) {
        try {
            FormatPackage.of(document, regions);
            return Optional.empty();
        } catch (InvalidPackageException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Where a message says that it belongs: it begins with the path. */
    private static JsonPointer place(String message, JsonNode document) {
        JsonPointer at = JsonPointer.empty();
        for (String step :
                message.split(": ", 2)[0].replace("[", ".").replace("]", "").split("\\.", -1)) {
            JsonNode here = document.at(at);
            if (here.has(step)) {
                at = at.appendProperty(step);
            } else if (here.isArray() && step.matches("[0-9]{1,4}")) {
                at = at.appendIndex(Integer.parseInt(step));
            } else {
                break;
            }
        }
        return at;
    }

    private static Finding finding(SourceFile source, int line, String message) {
        return new Finding(
                Check.TYPES,
                Finding.Severity.ERROR,
                source.name(),
                line,
                message.strip().replaceAll("\\s*\\n\\s*", " "),
                REMEDY);
    }
}
