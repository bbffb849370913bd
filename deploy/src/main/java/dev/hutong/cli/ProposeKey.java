package dev.hutong.cli;

import dev.hutong.registry.KeyId;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.ResumeKey;
import dev.hutong.registry.proposal.Action.SuspendKey;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proposals that concern one key of an issuer. */
final class ProposeKey {
    private ProposeKey() {}

    /** Which key a proposal concerns. */
    abstract static class OfKey extends ProposeIssuer.OfIssuer {
        @Option(names = "--kid", required = true, paramLabel = "KID", description = "The key's thumbprint.")
        private String kid = "";

        final KeyId kid() {
            return Arguments.kid("--kid", kid);
        }
    }

    @Command(
            name = "add-key",
            mixinStandardHelpOptions = true,
            description = {
                "The issuer gets a further key.",
                "Signed by that key, and by one of its keys that may sign now, or an operator's where it has none."
            })
    static final class Add extends ProposeIssuer.OfIssuer {
        @Mixin
        private BroughtKey key = new BroughtKey();

        @Mixin
        private BroughtKey.Times times = new BroughtKey.Times();

        @Override
        Action action() {
            return new AddKey(issuer(), times.of(key.read(signsElsewhere())));
        }

        @Override
        Optional<PrivateJwk> newKey() {
            return key.privateKey();
        }
    }

    @Command(
            name = "suspend-key",
            mixinStandardHelpOptions = true,
            description =
                    "Nothing under the key is good until it is resumed. Signed by its issuer, its parent or an operator.")
    static final class Suspend extends OfKey {
        @Override
        Action action() {
            return new SuspendKey(issuer(), kid());
        }
    }

    @Command(
            name = "resume-key",
            mixinStandardHelpOptions = true,
            description = "The key's suspension ends. Signed by another key of its issuer, its parent or an operator.")
    static final class Resume extends OfKey {
        @Override
        Action action() {
            return new ResumeKey(issuer(), kid());
        }
    }
}
