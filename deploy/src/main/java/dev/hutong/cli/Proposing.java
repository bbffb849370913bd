package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.SignedDocument;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every proposal has, whatever it changes: it is put together and signed here, and only then handed in. */
abstract class Proposing implements Callable<Integer> {
    @Mixin
    private HubConnection hub = new HubConnection();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A private key that signs, a JWK; again for a further one. It stays on this host.")
    private List<Path> keys = new ArrayList<>();

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, for the operators and the log.")
    private String reason = "";

    @Option(
            names = "--prepare",
            paramLabel = "FILE",
            description =
                    "Write the text to be signed there instead; registry sign signs it, registry submit hands it in.")
    private @Nullable Path prepare;

    @Spec
    private @Nullable CommandSpec spec;

    /** The change, as the options say it. */
    abstract Action action();

    /** The private key that it brings, if it brings one and the key is on this host. */
    Optional<PrivateJwk> newKey() {
        return Optional.empty();
    }

    final boolean signsElsewhere() {
        return prepare != null;
    }

    static Instant now() {
        return InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public final Integer call() throws InterruptedException {
        Action action = action();
        List<PrivateJwk> signers = signers();
        RegistryHub registry = new RegistryHub(hub);
        RegistryHub.Invitation invitation = registry.invitation();
        Proposal proposal = new Proposal(invitation.origin(), invitation.nonce(), now(), reason, action);
        PrintWriter out = Console.of(spec).out();
        if (prepare != null) {
            new DocumentFile(prepare).prepare(Proposal.TYPE, proposal.toJson());
            out.println(
                    prepare
                            + " is to be signed (hutong registry sign) and handed in (hutong registry submit) within 15 minutes.");
            return ExitCodes.OK;
        }
        SignedDocument document =
                SignedDocument.sign(proposal.toJson(), Proposal.TYPE, signers, SignatureProviders.choose());
        JsonNode standing = registry.propose(document);
        out.println("Proposed " + document.id() + " to " + Shown.line(invitation.origin()));
        out.println(registry.outlook(standing));
        return ExitCodes.OK;
    }

    private List<PrivateJwk> signers() {
        List<PrivateJwk> signers = new ArrayList<>();
        newKey().ifPresent(signers::add);
        keys.forEach(file -> signers.add(Arguments.privateKey("--key", file)));
        if (signersAreMissing(signers)) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "Give the key that signs with --key FILE, or --prepare FILE to have it signed elsewhere.");
        }
        if (prepare != null && !keys.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "Nothing is signed with --prepare: leave --key out, and give it to registry sign.");
        }
        return signers;
    }

    private boolean signersAreMissing(List<PrivateJwk> signers) {
        return prepare == null && signers.isEmpty();
    }
}
