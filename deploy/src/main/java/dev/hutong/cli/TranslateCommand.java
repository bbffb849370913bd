package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "translate",
        mixinStandardHelpOptions = true,
        description = "Ask a hub for a code's status in another format's words, signed for that format's readers.",
        footer =
                "Exit code: 0 where it was translated; 1 where it cannot be said there, with what cannot; 2 for wrong usage; 5 where the hub cannot be reached.")
final class TranslateCommand implements Callable<Integer> {
    @Mixin
    private HubConnection hub = new HubConnection();

    @Mixin
    private ClientLogin login = new ClientLogin();

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            required = true,
            description = "The format, one that GET /v1/formats calls translatable.")
    private String to = "";

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            description = "One of the format's vocabularies (default: the newest).")
    private @Nullable Long vocabulary;

    @Option(
            names = "--destination",
            paramLabel = "REGION",
            description = "Whose policy judges: six digits (GB/T 2260).")
    private @Nullable String destination;

    @Option(names = "--json", description = "Print the whole answer as JSON.")
    private boolean json;

    @Parameters(paramLabel = "CODE", description = "The text of a code.")
    private String code = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        HubConnection.Answer answer = hub.post("/v1/translate", request().toString(), login.headers(hub))
                .orFail();
        JsonNode translation = answer.json();
        if (!translation.path("decision").path("risk").isTextual() || !translation.has("refused")) {
            throw answer.notFromAHub();
        }
        Console console = Console.of(spec);
        if (json) {
            console.out().println(translation.toPrettyString());
        } else {
            print(translation, console);
        }
        return translation.path("refused").isNull() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private ObjectNode request() {
        ObjectNode request =
                new ObjectMapper().createObjectNode().put("code", code).put("to", to);
        if (vocabulary != null) {
            request.put("vocabulary", vocabulary);
        }
        if (destination != null) {
            request.put("destination", destination);
        }
        return request;
    }

    private static void print(JsonNode translation, Console console) {
        PrintWriter out = console.out();
        String risk = translation.path("decision").path("risk").asText();
        out.println(RiskColour.paint(risk, console.ansi()) + "  into "
                + Shown.line(translation.path("writtenBy").asText()));
        JsonNode refused = translation.path("refused");
        if (refused.isNull()) {
            Shown.members(translation.path("claims"), "  ", out);
            translation.path("losses").forEach(loss -> out.println("  loss: " + told(loss)));
            out.println(Shown.line(translation.path("token").asText()));
        } else {
            out.println("  refused, nothing is signed: " + told(refused));
        }
    }

    private static String told(JsonNode loss) {
        return Shown.line(loss.path("field").asText() + " " + loss.path("from").asText() + " -> "
                + (loss.path("to").isNull() ? "nothing" : loss.path("to").asText()) + ": "
                + loss.path("why").asText());
    }
}
