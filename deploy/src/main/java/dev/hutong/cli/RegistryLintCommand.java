package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = "Show what somebody should look after in a hub's registry.",
        footer = "Exit code: 0 where there is nothing, 1 where there is something, 5 where the hub cannot be reached.")
final class RegistryLintCommand implements Callable<Integer> {
    @Mixin
    private HubConnection hub = new HubConnection();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        HubConnection.Answer answer = hub.get("/v1/registry/lint").orFail();
        JsonNode report = answer.json();
        if (!report.path("findings").isArray()) {
            throw answer.notFromAHub();
        }
        PrintWriter out = Console.of(spec).out();
        for (JsonNode finding : report.get("findings")) {
            out.printf(
                    "%-11s  %s%n             %s %s%n",
                    finding.path("kind").asText(),
                    finding.path("subject").asText(),
                    finding.path("detail").asText(),
                    finding.path("remedy").asText());
        }
        int found = report.get("findings").size();
        out.printf(
                "%s in a log of %s entries, at %s.%n",
                found == 0 ? "Nothing to look after" : found + " to look after",
                report.path("size").asText(),
                report.path("at").asText());
        return found == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
