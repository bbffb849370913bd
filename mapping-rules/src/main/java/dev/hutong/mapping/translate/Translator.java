package dev.hutong.mapping.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.Authorship;
import dev.hutong.mapping.format.Draft;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.format.NativeState;
import dev.hutong.mapping.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes decisions in other formats' native words. What the target cannot say is a loss and is written for the worse; a green that cannot be
 * said with all its qualifiers is refused, and UNKNOWN always is.
 *
 * <p>Nothing is trusted to say what it was meant to: each attempt is read back with the target's own rules, at the same instant, and only
 * one that reads no better than the decision is handed out.
 */
public final class Translator {
    private final FormatVersions versions;
    private final Regions regions;
    private final Duration skew;

    /**
     * @param versions where the rules that decisions name are found
     * @param skew how long after its {@code exp} readers hold a signed text for good
     */
    public Translator(FormatVersions versions, Regions regions, Duration skew) {
        this.versions = versions;
        this.regions = regions;
        this.skew = skew;
    }

    /**
     * Translates a decision.
     *
     * @param verdict what was decided at {@link Authorship#issuedAt()}
     * @param statements what it rests on
     */
    public Translation translate(Verdict verdict, List<Statement> statements, Target target, Authorship authorship) {
        Optional<Status> status = Status.of(verdict, statements);
        if (status.isEmpty()) {
            return new Translation.Refused(Loss.of(
                    "risk", Risk.UNKNOWN, null, "UNKNOWN is never translated; its reason is " + verdict.reason()));
        }
        Optional<Statement> kept =
                statements.stream().filter(statement -> !converts(statement)).findFirst();
        if (kept.isPresent()) {
            return new Translation.Refused(Loss.of(
                    "risk", kept.get().risk(), null, "by " + kept.get().rule() + " it stays within its own format"));
        }
        return new Attempt(status.get(), target, authorship).best();
    }

    /** Whether the rule lets what it says be written in other words; what a rule says that is not known here is not. */
    private boolean converts(Statement statement) {
        String version = statement.rule().substring(0, statement.rule().indexOf('#'));
        return versions.find(version).map(format -> format.converts(statement)).orElse(false);
    }

    /** One translation on its way: tries the target's states until one is read back as no better than what is meant. */
    private final class Attempt {
        private final Status status;
        private final Target target;
        private final Authorship authorship;
        private final ReadBack readBack;
        private final @Nullable Bilingual cause;

        Attempt(Status status, Target target, Authorship authorship) {
            this.status = status;
            this.target = target;
            this.authorship = authorship;
            this.readBack = new ReadBack(target.format(), skew);
            this.cause = meaning(status.foremost()).orElse(null);
        }

        /** As of when it was asserted; where the target would hold that for over, and its times allow it, as of the decision. */
        Translation best() {
            Instant notAfter = readBack.latestExpiry(status.validUntil()).truncatedTo(ChronoUnit.SECONDS);
            if (!notAfter.isAfter(authorship.issuedAt())) {
                return refused("validUntil", "it is over before anybody could read it in " + target.name());
            }
            Instant assertedAt = status.assertedAt();
            Translation asAsserted = assertedAt == null
                    ? refused("assertedAt", "nobody knows when it was asserted, and " + target.name() + " must say it")
                    : best(assertedAt, notAfter);
            return asAsserted instanceof Translation.Refused(Loss loss)
                            && ReadBack.saysItIsOver(loss)
                            && target.writing().asOfDecision()
                    ? best(authorship.issuedAt(), notAfter)
                    : asAsserted;
        }

        private Translation best(Instant assertedAt, Instant notAfter) {
            Optional<Loss> first = Optional.empty();
            for (NativeState state : candidates()) {
                switch (attempt(draft(state, assertedAt, notAfter))) {
                    case Translation.Written written -> {
                        return written;
                    }
                    case Translation.Refused refused
                    when ReadBack.saysItIsOver(refused.loss()) -> {
                        return refused; // a red that never lapses is no word for a yellow that has
                    }
                    case Translation.Refused refused -> first = first.or(() -> Optional.of(refused.loss()));
                }
            }
            return first.<Translation>map(Translation.Refused::new)
                    .orElseGet(() -> refused("risk", "no word for it in " + target.name()));
        }

        /** A green is written as a green or not at all; anything else as it is, or for the worse. */
        private List<NativeState> candidates() {
            Stream<Risk> risks = status.risk() == Risk.LOW
                    ? Stream.of(Risk.LOW)
                    : Stream.of(Risk.MEDIUM, Risk.HIGH).filter(risk -> risk.compareTo(status.risk()) >= 0);
            List<NativeState> states = target.writing().states(target.vocabulary());
            return risks.flatMap(risk -> states.stream().filter(state -> state.risk() == risk))
                    .filter(state -> status.qualifiers().containsAll(state.qualifiers()))
                    .toList();
        }

        private Translation attempt(Draft draft) {
            Outcome<ObjectNode> written = target.writing().write(draft, authorship);
            Outcome<Statement> read = written.then(claims -> readBack.read(claims, authorship.issuedAt()));
            return switch (read) {
                case Outcome.Refused<Statement> refused -> refused("risk", refused.why() + " in " + target.name());
                case Outcome.Passed<Statement>(Statement said) ->
                    readBack.fault(status, said)
                            .<Translation>map(Translation.Refused::new)
                            .orElseGet(() -> handedOut(written, said));
            };
        }

        private Translation handedOut(Outcome<ObjectNode> written, Statement said) {
            return switch (written) {
                case Outcome.Passed<ObjectNode>(ObjectNode claims) ->
                    new Translation.Written(claims, Losses.between(status, said, isSaid(said), target.name()));
                case Outcome.Refused<ObjectNode> refused -> refused("risk", refused.why());
            };
        }

        private Draft draft(NativeState state, Instant assertedAt, Instant notAfter) {
            Statement foremost = status.foremost();
            String named = foremost.assertedBy();
            String region = foremost.region() == null
                    ? null
                    : regions.nameOf(foremost.region()).orElse(null);
            return new Draft(
                    state,
                    target.vocabulary(),
                    status.qualifiers(),
                    cause,
                    assertedAt,
                    named == null ? region : named,
                    status.evidence(),
                    notAfter);
        }

        /** Whether the cause that is read back means what the cause meant. */
        private boolean isSaid(Statement said) {
            return cause != null && meaning(said).equals(Optional.of(cause));
        }

        private Translation refused(String field, String why) {
            Object from = switch (field) {
                case "assertedAt" -> null;
                case "validUntil" -> status.validUntil();
                default -> status.risk();
            };
            return new Translation.Refused(Loss.of(field, from, null, why));
        }
    }

    /** What a statement's coded cause means in the words of the rules that mapped it. */
    private Optional<Bilingual> meaning(Statement statement) {
        String cause = statement.cause();
        return cause == null
                ? Optional.empty()
                : versions.find(statement.rule().split("#", 2)[0]).flatMap(format -> format.cause(cause));
    }
}
