package dev.hutong.hub.resolve;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Holder;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.province.OpenedCode;
import dev.hutong.province.RecognisedCode;
import dev.hutong.province.ScannedCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows one code on its way: what is known of it however far it came, and a line for each step that ran where whoever asked is shown
 * them.
 */
final class CodeTrace {
    private final ScannedCode code;
    private final int index;
    private final @Nullable InputDigests digests;
    private final Laps laps;
    private final List<TraceLine> lines = new ArrayList<>(4);
    private int ran;
    private List<Statement> statements = List.of();
    private @Nullable FormatPackage format;
    private @Nullable OpenedCode opened;
    private @Nullable IssuerName issuer;
    private @Nullable Reason refusal;
    private @Nullable Holder holder;
    private @Nullable String maskedName;

    /**
     * @param index which of the decision's codes it is, from 0
     * @param digests makes those of the steps' inputs; null where nobody is shown the lines, and none are written
     */
    CodeTrace(ScannedCode code, int index, @Nullable InputDigests digests, Observer observer) {
        this.code = code;
        this.index = index;
        this.digests = digests;
        this.laps = new Laps(observer);
    }

    /** It sets out, for the first time or again: its next step begins now. */
    CodeTrace setOut() {
        laps.start();
        return this;
    }

    ScannedCode code() {
        return code;
    }

    Outcome<RecognisedCode> recognised(Outcome<RecognisedCode> outcome) {
        if (outcome instanceof Outcome.Passed<RecognisedCode>(RecognisedCode recognised)) {
            format = recognised.format();
        }
        return step(
                Step.RECOGNISE,
                outcome,
                code::update,
                recognised -> recognised.format().versioned());
    }

    Outcome<OpenedCode> opened(Outcome<OpenedCode> outcome) {
        if (outcome instanceof Outcome.Passed<OpenedCode>(OpenedCode whole)) {
            opened = whole;
        }
        return step(Step.OPEN, outcome, code::update, whole -> switch (whole) {
            case OpenedCode.SignedText text -> "a signed text, well-formed";
            case OpenedCode.Packed packed -> "a signed reference, well-formed";
            case OpenedCode.Enquiry enquiry -> "a reference, to be asked about";
        });
    }

    /** A signed reference, once its signature has been checked: from here on it is an enquiry. */
    Outcome<OpenedCode.Enquiry> referred(Outcome<OpenedCode.Enquiry> outcome) {
        if (outcome instanceof Outcome.Passed<OpenedCode.Enquiry>(OpenedCode.Enquiry enquiry)) {
            issuer = enquiry.format().issuer();
        }
        Outcome<OpenedCode.Enquiry> authenticated = step(
                Step.AUTHENTICATE,
                outcome,
                this::proven,
                enquiry -> "a reference signed by " + enquiry.format().issuer());
        if (authenticated instanceof Outcome.Passed<OpenedCode.Enquiry>(OpenedCode.Enquiry enquiry)) {
            opened = enquiry;
        }
        return authenticated;
    }

    Outcome<SignedClaims> signed(Outcome<SignedClaims> outcome) {
        if (outcome instanceof Outcome.Passed<SignedClaims>(SignedClaims claims)) {
            issuer = claims.format().issuer();
            holder = claims.holder().orElse(null);
            maskedName = claims.maskedName().orElse(null);
        }
        Step proof = opened instanceof OpenedCode.Enquiry ? Step.ASK : Step.AUTHENTICATE;
        return step(
                proof,
                outcome,
                this::proven,
                claims -> "signed by " + claims.format().issuer());
    }

    /** What was signed, or what was asked about. */
    private void proven(MessageDigest digest) {
        if (opened != null) {
            opened.update(digest);
        }
    }

    /** @param claims what was mapped, as {@link #signed} had it */
    Outcome<List<Statement>> mapped(Outcome<List<Statement>> outcome, Outcome<SignedClaims> claims, Instant now) {
        if (outcome instanceof Outcome.Passed<List<Statement>>(List<Statement> reached)) {
            statements = reached;
        }
        return step(
                Step.MAP,
                outcome,
                digest -> {
                    if (opened instanceof OpenedCode.SignedText text) {
                        text.update(digest);
                    } else if (claims instanceof Outcome.Passed<SignedClaims>(SignedClaims answered)) {
                        digest.update(answered.answer());
                    }
                    digest.update(("\n" + now).getBytes(StandardCharsets.US_ASCII));
                },
                statements -> statements.stream().map(CodeTrace::describe).collect(Collectors.joining(", ")));
    }

    /** Takes a step's time and adds its line, unless an earlier one has refused already, and hands its outcome on. */
    private <T> Outcome<T> step(
            Step step, Outcome<T> outcome, Consumer<MessageDigest> input, Function<T, String> note) {
        if (refusal != null) {
            return outcome;
        }
        ran |= step.bit();
        if (outcome instanceof Outcome.Refused<T> refused) {
            refusal = refused.reason();
            issuer = refused.signedBy() == null ? issuer : refused.signedBy();
        }
        if (digests != null) {
            lines.add(line(step, outcome, note, digests.of(step.word(), input)));
        }
        laps.end(step);
        return outcome;
    }

    private <T> TraceLine line(Step step, Outcome<T> outcome, Function<T, String> note, String inputs) {
        String rule = format == null ? null : format.versioned();
        return switch (outcome) {
            case Outcome.Passed<T>(T value) ->
                new TraceLine(step.word(), index, rule, TraceLine.PASSED, note.apply(value), inputs);
            case Outcome.Refused<T> refused ->
                new TraceLine(step.word(), index, rule, refused.reason().name(), refused.why(), inputs);
        };
    }

    private static String describe(Statement statement) {
        return statement.rule() + " → " + (statement.reason() == null ? statement.risk() : statement.reason());
    }

    /** How far it came. */
    CodeOutcome outcome() {
        List<Step> steps = Step.of(ran);
        return format == null
                ? new CodeOutcome(null, issuer, refusal, null, steps, statements, null, null)
                : new CodeOutcome(
                        format.id(), issuer, refusal, format.versioned(), steps, statements, holder, maskedName);
    }

    /** To whom a holder turns about a statement of this code's, where its format says so. */
    Optional<Bilingual> appealAbout(Statement statement) {
        return format != null && format.issuer().equals(statement.issuer()) ? format.appeal() : Optional.empty();
    }

    /** Its lines. What is no whole code may be anything, such as an identity number, and a digest of that could be guessed. */
    List<TraceLine> lines() {
        return opened == null ? lines.stream().map(TraceLine::withoutInputs).toList() : lines;
    }
}
