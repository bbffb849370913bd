package dev.hutong.cli;

import dev.hutong.registry.IssuerId;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.ResumeIssuer;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proposals that concern an issuer as a whole. */
final class ProposeIssuer {
    private ProposeIssuer() {}

    /** Whom a proposal concerns. */
    abstract static class OfIssuer extends Proposing {
        @Option(
                names = {"--issuer", "--id"},
                required = true,
                paramLabel = "ID",
                description = "The issuer: <GB/T 2260 region>.<format>, such as 440100.citycode.")
        private String id = "";

        final IssuerId issuer() {
            return Arguments.issuer("--issuer (or --id)", id);
        }
    }

    @Command(
            name = "register-issuer",
            mixinStandardHelpOptions = true,
            description = "An issuer joins. Signed by its key, and by one of its parent's if it has one.")
    static final class Register extends OfIssuer {
        @Option(names = "--name", required = true, paramLabel = "NAME", description = "What people call it.")
        private String name = "";

        @Option(
                names = "--platform",
                paramLabel = "URL",
                description = "Where its platform answers, for a format that is asked online.")
        private @Nullable String platform;

        @Option(names = "--parent", paramLabel = "ID", description = "The issuer that answers for it.")
        private @Nullable String parent;

        @Mixin
        private BroughtKey key = new BroughtKey();

        @Mixin
        private BroughtKey.Times times = new BroughtKey.Times();

        @Override
        Action action() {
            return new RegisterIssuer(
                    issuer(),
                    name,
                    Optional.ofNullable(platform).map(url -> Arguments.url("--platform", url)),
                    Optional.ofNullable(parent).map(id -> Arguments.issuer("--parent", id)),
                    Optional.of(times.of(key.read(signsElsewhere()))));
        }

        @Override
        Optional<PrivateJwk> newKey() {
            return key.privateKey();
        }
    }

    @Command(
            name = "suspend-issuer",
            mixinStandardHelpOptions = true,
            description =
                    "Nothing of the issuer is good until it is resumed. Signed by its key, its parent's or an operator's.")
    static final class Suspend extends OfIssuer {
        @Override
        Action action() {
            return new SuspendIssuer(issuer());
        }
    }

    @Command(
            name = "resume-issuer",
            mixinStandardHelpOptions = true,
            description = "The issuer's suspension ends. Signed by its parent's key or an operator's.")
    static final class Resume extends OfIssuer {
        @Override
        Action action() {
            return new ResumeIssuer(issuer());
        }
    }

    @Command(
            name = "withdraw-issuer",
            mixinStandardHelpOptions = true,
            description = "The issuer leaves for ever. Signed by its key, its parent's or an operator's.")
    static final class Withdraw extends OfIssuer {
        @Override
        Action action() {
            return new WithdrawIssuer(issuer());
        }
    }
}
