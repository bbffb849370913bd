package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.clients.TokenForm;
import dev.hutong.registry.ClientId;
import dev.hutong.registry.jose.PrivateJwk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As which registered client a command asks, where the hub wants to know: a mixin. */
final class ClientLogin {
    private static final String METADATA = "/.well-known/oauth-authorization-server";

    @Option(names = "--client", paramLabel = "ID", description = "Ask as this registered client; with --client-key.")
    private @Nullable String client;

    @Option(
            names = "--client-key",
            paramLabel = "FILE",
            description = "The client's private key, a JWK. It stays on this host.")
    private @Nullable Path key;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Ask by the access token in this file, as hutong token prints it.")
    private @Nullable Path tokenFile;

    /** The headers by which the hub knows who asks; none where nobody said so. */
    Map<String, String> headers(HubConnection hub) throws InterruptedException {
        if (tokenFile != null && (client != null || key != null)) {
            throw usage("Give --token-file, or --client with --client-key.");
        }
        if (tokenFile != null) {
            return bearer(read(tokenFile));
        }
        if (client == null && key == null) {
            return Map.of();
        }
        if (client == null || key == null) {
            throw usage("--client and --client-key belong together.");
        }
        return bearer(
                token(hub, client, key, Optional.empty()).path("access_token").asText());
    }

    /**
     * The hub's answer to a request for a token.
     *
     * @param scope some of the client's roles; all where absent
     */
    static JsonNode token(HubConnection hub, String id, Path keyFile, Optional<String> scope)
            throws InterruptedException {
        ClientId client = Arguments.client("--client", id);
        PrivateJwk key = Arguments.privateKey("the client's key", keyFile);
        String audience = issuer(hub);
        HubConnection.Answer answer = hub.postForm(
                "/oauth2/token",
                TokenForm.of(
                        client, key, audience, scope, InstantSource.system().instant()));
        JsonNode json = answer.json();
        if (answer.status() != 200) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "The hub gives no token: "
                            + Shown.line(json.path("error").asText("no reason") + ". "
                                    + json.path("error_description").asText()));
        }
        if (!json.path("access_token").isTextual()) {
            throw answer.notFromAHub();
        }
        return json;
    }

    /** RFC 8414 §3.3: whoever names another server could have us sign for that one. */
    private static String issuer(HubConnection hub) throws InterruptedException {
        HubConnection.Answer answer = hub.get(METADATA).orFail();
        String issuer = answer.json().path("issuer").asText();
        if (!issuer.equals(hub.url())) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "The hub calls itself «" + Shown.line(issuer) + "» and not " + hub.url()
                            + ": give that name with --hub, if you trust it.");
        }
        return issuer;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.FAILED, "--token-file: " + file + " cannot be read (" + e + ")");
        }
    }

    static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static CommandFailure usage(String what) {
        return new CommandFailure(ExitCodes.USAGE, what);
    }
}
