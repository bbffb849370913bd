package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Approval;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.SignedDocument;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Show what a proposal would change and, with --key, approve it as an operator.",
            "What is shown is the text that was signed, whose SHA-256 the id is; the approval signs that id."
        })
final class ApproveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The proposal's id, as registry status lists it.")
    private String id = "";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "The operator's private key, a JWK. It stays on this host. Without it, the proposal is only shown.")
    private @Nullable Path key;

    @Mixin
    private HubConnection hub = new HubConnection();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Console.of(spec).out();
        RegistryHub registry = new RegistryHub(hub);
        PrivateJwk operator = key == null ? null : Arguments.privateKey("--key", key);
        JsonNode proposal = registry.proposal(id);
        SignedDocument document = registry.document(proposal, id);
        out.println("Proposal " + id);
        Shown.members(document.content(), "  ", out);
        if (operator == null) {
            out.println(registry.outlook(proposal));
            return ExitCodes.OK;
        }
        out.flush();
        JsonNode standing = registry.approve(id, approval(document, operator));
        out.println("Approved with key " + operator.publicJwk().kid());
        out.println(registry.outlook(standing));
        return ExitCodes.OK;
    }

    /** For the registry that the proposal itself names, which is the one that was shown. */
    private SignedDocument approval(SignedDocument proposal, PrivateJwk operator) {
        Approval approval = new Approval(Proposal.of(proposal).audience(), id, Proposing.now());
        return SignedDocument.sign(approval.toJson(), Approval.TYPE, List.of(operator), SignatureProviders.choose());
    }
}
