package dev.hutong.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.admission.AuthoredPackage;
import dev.hutong.mapping.admission.RuleExplanation;
import dev.hutong.mapping.format.InvalidPackageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Say why claims mean what they mean: which rules were asked, what each answered, and when it ends.",
        footer = "Exit code: 0, or 1 where the package or the claims cannot be used.")
final class RulesExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The package's folder.")
    private Path folder = Path.of("");

    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    @Spec
    private @Nullable CommandSpec spec;

    /** An example of the package's, or somebody's claims. */
    static final class Subject {
        @Option(
                names = "--example",
                required = true,
                paramLabel = "NAME",
                description = "A map example of the package.")
        private @Nullable String example;

        @ArgGroup(exclusive = false)
        private @Nullable SignedAt signed;
    }

    /** What was signed, and the instant of the decision. */
    static final class SignedAt {
        @Option(names = "--claims", required = true, paramLabel = "FILE", description = "What was signed, as JSON.")
        private Path claims = Path.of("");

        @Option(
                names = "--now",
                required = true,
                paramLabel = "INSTANT",
                description = "The instant of the decision, such as 2026-01-05T08:00:00Z.")
        private String now = "";
    }

    @Override
    public Integer call() {
        AuthoredPackage authored = new PackageFolder(folder).read();
        RuleExplanation explanation = explanation(authored);
        PrintWriter out = Console.of(spec).out();
        if (explanation.refused() != null) {
            out.println("refused  " + Shown.line(explanation.refused()));
        }
        explanation.explained().forEach(explained -> print(explained, out));
        return ExitCodes.OK;
    }

    private RuleExplanation explanation(AuthoredPackage authored) {
        try {
            SignedAt signed = subject.signed;
            return signed == null
                    ? RuleExplanation.ofExample(authored, Objects.requireNonNullElse(subject.example, ""))
                    : RuleExplanation.of(authored, claims(signed.claims), now(signed.now));
        } catch (InvalidPackageException e) {
            throw new CommandFailure(ExitCodes.FAILED, Shown.line(String.valueOf(e.getMessage())));
        }
    }

    private static JsonNode claims(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new CommandFailure(ExitCodes.FAILED, file + " is not JSON: give the claims as one JSON object.");
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.FAILED, file + " cannot be read (" + e + ").");
        }
    }

    private static Instant now(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "--now: a time in UTC such as 2026-01-05T08:00:00Z, not «" + Shown.line(text) + "».");
        }
    }

    private static void print(RuleExplanation.Explained explained, PrintWriter out) {
        Statement statement = explained.statement();
        String reason = statement.reason() == null ? "" : "  " + statement.reason();
        out.printf("%s%s  by %s%n", statement.risk(), reason, statement.rule());
        print(statement.meaning(), out);
        for (RuleExplanation.Line line : explained.lines()) {
            out.printf("  %-24s %-48s %s%n", line.what(), Shown.line(line.source()), Shown.line(line.answer()));
        }
        if (statement.validUntil() != null) {
            out.printf("  %-24s %-48s %s%n", "valid until", "the earliest end", statement.validUntil());
        }
        if (!statement.qualifiers().isEmpty()) {
            out.printf("  %-24s %s%n", "qualifiers", statement.qualifiers());
        }
        if (statement.remedy() != null) {
            out.println("  what the holder can do next:");
            print(statement.remedy(), out);
        }
    }

    private static void print(Bilingual text, PrintWriter out) {
        out.println("  " + Shown.line(text.chinese()));
        out.println("  " + Shown.line(text.english()));
    }
}
