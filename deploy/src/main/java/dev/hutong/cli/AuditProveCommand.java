package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.hub.ledger.BlockHeader;
import dev.hutong.hub.ledger.RecordProof;
import dev.hutong.registry.jose.SignatureProviders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Check, offline, what GET /v1/decisions/ID/proof answered: that the hub wrote this record into its ledger.",
            "Exit code 0: it did; 4: this does not show it, or the decision is another one."
        })
final class AuditProveCommand implements Callable<Integer> {
    /** What a record says of a decision, by the name it has in each. */
    private static final Map<String, String> RECORD_TO_DECISION = Map.of(
            "id",
            "id",
            "at",
            "decidedAt",
            "risk",
            "risk",
            "reason",
            "reason",
            "policy",
            "policy",
            "checkpoint",
            "checkpoint");

    @Parameters(paramLabel = "FILE", description = "The proof.")
    private @Nullable Path proof;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "The hub's public key, a JWK.")
    private @Nullable Path key;

    @Option(names = "--decision", paramLabel = "FILE", description = "The decision as the hub answered it, in JSON.")
    private @Nullable Path decision;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Path file = Objects.requireNonNull(proof);
        RecordProof read = RecordProof.read(octets(file))
                .orElseThrow(() -> new CommandFailure(ExitCodes.FAILED, file + " is no proof of a record."));
        PrintWriter out = Console.of(spec).out();
        return switch (read.check(TrustedHub.fromFile(Objects.requireNonNull(key)), SignatureProviders.choose())) {
            case RecordProof.Checked.Unproven(String why) -> {
                out.println("Not proved: " + Shown.sentence(Shown.line(why)));
                yield ExitCodes.BROKEN;
            }
            case RecordProof.Checked.Proven(JsonNode record, BlockHeader header) -> proven(record, header, out);
        };
    }

    private int proven(JsonNode record, BlockHeader header, PrintWriter out) {
        List<String> differing = decision == null ? List.of() : differences(record, json(decision));
        if (!differing.isEmpty()) {
            out.println("The record is proved, but it is of another decision: " + String.join(", ", differing)
                    + " differ.");
            return ExitCodes.BROKEN;
        }
        out.printf(
                "Proved: the hub %s wrote this record into block %d of %s%n",
                Shown.line(header.hub()), header.number(), Shown.line(header.node()));
        Shown.members(record, "  ", out);
        return ExitCodes.OK;
    }

    private static List<String> differences(JsonNode record, JsonNode decided) {
        return RECORD_TO_DECISION.entrySet().stream()
                .filter(member -> !record.path(member.getKey()).equals(decided.path(member.getValue())))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(octets(file));
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.FAILED, file + " is no JSON.");
        }
    }

    private static byte[] octets(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.FAILED, file + " cannot be read (" + e + ").");
        }
    }
}
