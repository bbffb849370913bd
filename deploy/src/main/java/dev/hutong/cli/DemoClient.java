package dev.hutong.cli;

import dev.hutong.registry.ClientId;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.ClientTerms;
import dev.hutong.registry.KeyFile;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.RegisterClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The demo's own client: a gate that is an auditor too, so that everything can be shown.
 *
 * @param keyFile where its private key is, for as long as the demo runs
 */
record DemoClient(RegisterClient registration, Path keyFile) {
    private static final String ID = "demo-gate";

    /** Makes its key in this folder. */
    static DemoClient make(Path folder) {
        Path file = folder.resolve("demo-gate.jwk.json");
        return switch (KeyFile.loadOrMake(file, SignatureAlgorithm.ES256)) {
            case KeyFile.Reading.Key(var key) ->
                new DemoClient(
                        new RegisterClient(
                                new ClientId(ID),
                                new ClientTerms(
                                        "The demo's gate",
                                        Set.of(ClientRole.VERIFIER, ClientRole.AUDITOR),
                                        Set.of(),
                                        Set.of(),
                                        Optional.empty()),
                                key.publicJwk()),
                        file);
            case KeyFile.Reading.NoKey(String why) -> throw new CommandFailure(ExitCodes.FAILED, why);
        };
    }

    /** By which the hub knows it for the next ten minutes. */
    Map<String, String> headers(URI hub) throws InterruptedException {
        return ClientLogin.bearer(ClientLogin.token(HubConnection.to(hub), ID, keyFile, Optional.empty())
                .path("access_token")
                .asText());
    }

    /** The options by which a command asks as it. */
    String options() {
        return "--client " + ID + " --client-key " + keyFile;
    }

    /** The words of a shell that get it a token. */
    String tokenCommand(URI hub) {
        return "./hutong token --hub " + hub + " --client " + ID + " --key " + keyFile;
    }
}
