package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.demo.QrImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "resolve",
        mixinStandardHelpOptions = true,
        description = "Ask a hub, or a bundle without a network, what a code means.",
        footer =
                "Exit code: 0 for any decision, also UNKNOWN; 1 for a bundle that is refused; 2 for wrong usage; 5 where the hub cannot be reached.")
final class ResolveCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--image", paramLabel = "FILE.png", description = "An image of a QR code.")
    private @Nullable Path image;

    @Option(names = "--text", paramLabel = "TEXT", description = "The text of a code.")
    private @Nullable String text;

    @Parameters(arity = "0..1", paramLabel = "-", description = "Take the code's bytes from standard input.")
    private @Nullable String source;

    @Mixin
    private HubConnection hub = new HubConnection();

    @Mixin
    private ClientLogin login = new ClientLogin();

    @Mixin
    private Offline offline = new Offline();

    @Option(
            names = "--destination",
            paramLabel = "REGION",
            description = "Whose policy judges: six digits (GB/T 2260).")
    private @Nullable String destination;

    @Option(names = "--temperature", paramLabel = "°C", description = "The verifier's own reading, such as 36.5.")
    private @Nullable String temperature;

    @Option(names = "--json", description = "Print the decision as JSON.")
    private boolean json;

    @Option(names = "--explain", description = "Print the trace too: what each step came to.")
    private boolean explain;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        JsonNode decision = offline.asked() ? offline.resolve(request()) : ask(request());
        Console console = Console.of(spec);
        if (json) {
            console.out().println(decision.toPrettyString());
        } else {
            new DecisionPrinter(console).print(decision, explain);
        }
        return ExitCodes.OK;
    }

    private JsonNode ask(ObjectNode request) throws InterruptedException {
        HubConnection.Answer answer =
                hub.post("/v1/resolve", request.toString(), login.headers(hub)).orFail();
        JsonNode decision = answer.json();
        if (!decision.path("id").isTextual() || !decision.path("risk").isTextual()) {
            throw answer.notFromAHub();
        }
        return decision;
    }

    private ObjectNode request() {
        if ((image == null ? 0 : 1) + (text == null ? 0 : 1) + (source == null ? 0 : 1) != 1) {
            throw usage("Give the code in one way: --image FILE.png, --text TEXT, or - for standard input.");
        }
        ObjectNode request = JSON.createObjectNode();
        if (text != null) {
            request.put("code", text);
        } else {
            request.put("codeBytes", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes()));
        }
        if (destination != null) {
            request.put("destination", destination);
        }
        if (temperature != null) {
            request.putObject("observed").put("temperature", temperature);
        }
        return request;
    }

    private byte[] bytes() {
        try {
            if (image != null) {
                return QrImages.read(image);
            }
            if (!"-".equals(source)) {
                throw usage("«" + source + "» is no option; standard input is named -.");
            }
            return System.in.readAllBytes();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "The code cannot be read: " + e.getMessage() + ". Give an image that holds one QR code.");
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
