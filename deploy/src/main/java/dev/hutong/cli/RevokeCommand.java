package dev.hutong.cli;

import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.RevokeKey;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = {
            "Propose to revoke a key. Signed by its issuer, its parent or an operator.",
            "With --break-glass, signed by an operator, it is in force at once, and an alarm until a second one confirms it."
        })
final class RevokeCommand extends ProposeKey.OfKey {
    @Option(
            names = "--cause",
            required = true,
            paramLabel = "superseded|ceased|compromised",
            description = {
                "superseded, ceased: what was signed before the cut-off stays good.",
                "compromised: nothing under the key is good, whenever it says it was signed."
            })
    private String cause = "";

    @Option(
            names = "--cut-off",
            paramLabel = "TIME",
            description =
                    "From when on nothing signed is good (default: now; at most 366 days ahead); without effect for compromised.")
    private @Nullable String cutOff;

    @Option(names = "--break-glass", description = "In force by one operator's signature.")
    private boolean breakGlass;

    @Override
    Action action() {
        return new RevokeKey(
                issuer(), kid(), cause(), Arguments.instant("--cut-off", cutOff).orElseGet(Proposing::now), breakGlass);
    }

    private RevocationReason cause() {
        return Arrays.stream(RevocationReason.values())
                .filter(reason -> reason.name().toLowerCase(Locale.ROOT).equals(cause))
                .findFirst()
                .orElseThrow(() -> Arguments.usage("--cause", cause, "is none of superseded, ceased, compromised"));
    }
}
