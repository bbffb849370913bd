package dev.hutong.registry.lint;

import dev.hutong.registry.BreakGlassAlarm;
import dev.hutong.registry.IssuerStanding.Status;
import dev.hutong.registry.KeyState;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.proposal.EntityConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks over a whole registry. Costs one pass over all keys; never throws. */
public final class RegistryLint {
    /** How long before its end a key without a successor is told. */
    public static final Duration WARNING = Duration.ofDays(30);

    /** For how long a key that may sign may go unused. */
    public static final Duration IDLE = Duration.ofDays(30);

    /** How many keys of an issuer sign at once in an orderly rotation: the old one and the new one. */
    private static final int IN_ROTATION = 2;

    /** With two operators, neither can have proposed what both must approve. */
    private static final int ENOUGH_OPERATORS = 3;

    private final RegistrySnapshot snapshot;
    private final Instant now;
    private final List<LintFinding> findings = new ArrayList<>();

    private RegistryLint(RegistrySnapshot snapshot, Instant now) {
        this.snapshot = snapshot;
        this.now = now;
    }

    /**
     * Everything to look after, issuer by issuer.
     *
     * @param watchedSince since when the uses of keys are counted: a key can be called unused only for so long
     * @param witnessed whether enough witnesses have cosigned the head; empty where none is asked for
     */
    public static List<LintFinding> of(
            RegistrySnapshot snapshot, Instant now, Instant watchedSince, Optional<Boolean> witnessed) {
        RegistryLint lint = new RegistryLint(snapshot, now);
        lint.lintRegistry(witnessed);
        snapshot.issuers().stream()
                .filter(issuer -> issuer.status() != Status.WITHDRAWN)
                .forEach(issuer -> lint.lintIssuer(issuer, watchedSince));
        return List.copyOf(lint.findings);
    }

    private void lintRegistry(Optional<Boolean> witnessed) {
        if (witnessed.isPresent() && !witnessed.get()) {
            find(
                    LintKind.UNWITNESSED,
                    "registry",
                    "The quorum of witnesses is not reached for the log's head.",
                    "See which witnesses are behind in the hub's readiness, and start them or name others.");
        }
        snapshot.governance().ifPresent(governance -> {
            int operators = governance.kidToOperator().size();
            if (operators < ENOUGH_OPERATORS) {
                find(
                        LintKind.WEAK,
                        "registry",
                        "There are " + operators + " operators: what one of them proposes can never be approved.",
                        "Propose further operators: with four, one may be lost and another propose.");
            }
        });
        if (snapshot.governance().isEmpty() && snapshot.checkpoint().size() > 0) {
            find(
                    LintKind.WEAK,
                    "registry",
                    "This is a development registry: nobody approved what is in it.",
                    "Found one under dual control in another data folder, and register the issuers there.");
        }
        for (BreakGlassAlarm alarm : BreakGlassAlarm.in(snapshot, now)) {
            find(
                    LintKind.UNCONFIRMED,
                    "proposal " + alarm.proposal(),
                    alarm.text() + ".",
                    "Let a second operator look at it, and approve it.");
        }
    }

    private void lintIssuer(RegisteredIssuer issuer, Instant watchedSince) {
        List<RegisteredKey> active = issuer.keys().stream()
                .filter(key -> key.stateAt(now) == KeyState.ACTIVE)
                .toList();
        String id = issuer.id().value();
        if (active.isEmpty()) {
            find(
                    LintKind.KEYLESS,
                    id,
                    "No key of it may sign now.",
                    "Propose a key; without one that signs, an operator signs the proposal in its place.");
        }
        if (active.size() > IN_ROTATION) {
            find(
                    LintKind.OVERLAPPING,
                    id,
                    active.size() + " of its keys may sign now.",
                    "End the older ones: propose their revocation as superseded.");
        }
        for (RegisteredKey key : active) {
            lintKey(issuer, key, watchedSince);
        }
        issuer.delegation()
                .flatMap(delegation -> delegation.until())
                .filter(this::isSoon)
                .ifPresent(until -> find(
                        LintKind.EXPIRING,
                        id,
                        "Its delegation ends at " + until + ".",
                        "Propose the delegation anew, with a later end."));
        issuer.entityConfiguration()
                .map(EntityConfiguration::expiresAt)
                .filter(this::isSoon)
                .ifPresent(end -> find(
                        LintKind.EXPIRING,
                        id,
                        "Its entity configuration for OpenID Federation ends at " + end + ".",
                        "Let the issuer sign another, and propose it; or end its part in the federation."));
    }

    private void lintKey(RegisteredIssuer issuer, RegisteredKey key, Instant watchedSince) {
        String subject = issuer.id() + " " + key.id();
        if (key.end().isEmpty() && snapshot.governance().isPresent()) {
            find(
                    LintKind.WEAK,
                    subject,
                    "It may sign without end.",
                    "Propose a key with a signUntil as its successor, and then the revocation of this one as superseded.");
        }
        key.end()
                .filter(end -> isSoon(end) && !hasSuccessor(issuer, key, end))
                .ifPresent(end -> find(
                        LintKind.EXPIRING,
                        subject,
                        "It signs until " + end + ", and no other key goes on then.",
                        "Propose a successor now, so that it is seen for long enough before it signs."));
        Instant idleSince = key.use().lastUsed().orElse(later(watchedSince, mayHaveSignedSince(key)));
        if (!now.isBefore(idleSince.plus(IDLE))) {
            find(
                    LintKind.UNUSED,
                    subject,
                    "Nothing signed by it was seen since " + idleSince + ".",
                    "Ask its issuer; revoke it as ceased if it is not needed.");
        }
    }

    private static Instant mayHaveSignedSince(RegisteredKey key) {
        return later(key.publishedAt(), key.notBefore().orElse(key.publishedAt()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private boolean isSoon(Instant end) {
        return !end.isAfter(now.plus(WARNING));
    }

    /** Whether another key signs at the instant at which this one no longer does. */
    private static boolean hasSuccessor(RegisteredIssuer issuer, RegisteredKey key, Instant end) {
        return issuer.keys().stream()
                .filter(other -> !other.id().equals(key.id()))
                .anyMatch(other -> other.stateAt(end) == KeyState.ACTIVE);
    }

    private void find(LintKind kind, String subject, String detail, String remedy) {
        findings.add(new LintFinding(kind, subject, detail, remedy));
    }
}
