package dev.hutong.hub.resolve;

import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.mapping.policy.Verdict;
import dev.hutong.province.OpenedCode;
import dev.hutong.province.RecognisedCode;
import dev.hutong.registry.merkle.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Follows one code on its way: a line for each step that ran, and what is known of the code however far it came. */
final class Trace {
    private final Question question;
    private final Checkpoint checkpoint;
    private final List<TraceLine> lines = new ArrayList<>(6);
    private boolean refused;
    private String proof = "authenticate";
    private @Nullable FormatId format;
    private @Nullable IssuerName issuer;

    Trace(Question question, Checkpoint checkpoint) {
        this.question = question;
        this.checkpoint = checkpoint;
    }

    Outcome<RecognisedCode> recognised(Outcome<RecognisedCode> outcome) {
        if (outcome instanceof Outcome.Passed<RecognisedCode>(RecognisedCode code)) {
            format = code.format().id();
        }
        return step("recognise", outcome, code -> code.format().versioned());
    }

    Outcome<OpenedCode> opened(Outcome<OpenedCode> outcome) {
        if (outcome instanceof Outcome.Passed<OpenedCode>(OpenedCode.Enquiry enquiry)) {
            proof = "ask";
        }
        return step("open", outcome, code -> switch (code) {
            case OpenedCode.SignedText text -> "a signed text, well-formed";
            case OpenedCode.Enquiry enquiry -> "a reference, to be asked about";
        });
    }

    Outcome<SignedClaims> signed(Outcome<SignedClaims> outcome) {
        if (outcome instanceof Outcome.Passed<SignedClaims>(SignedClaims claims)) {
            issuer = claims.format().issuer();
        }
        return step(proof, outcome, claims -> "signed by " + claims.format().issuer());
    }

    Outcome<List<Statement>> mapped(Outcome<List<Statement>> outcome) {
        return step(
                "map",
                outcome,
                statements -> statements.stream().map(Trace::describe).collect(Collectors.joining(", ")));
    }

    Outcome<Verdict> judged(Outcome<Verdict> outcome) {
        return step(
                "judge",
                outcome,
                verdict -> (verdict.reason() == null ? verdict.risk() : verdict.reason()) + " by " + verdict.ground());
    }

    /** Adds the line of a step, unless an earlier one has refused already, and hands its outcome on. */
    private <T> Outcome<T> step(String name, Outcome<T> outcome, Function<T, String> note) {
        if (refused) {
            return outcome;
        }
        switch (outcome) {
            case Outcome.Passed<T>(T value) -> lines.add(new TraceLine(name, "passed", note.apply(value)));
            case Outcome.Refused<T> refusal -> {
                refused = true;
                lines.add(new TraceLine(name, refusal.reason().name(), refusal.why()));
                if (refusal.signedBy() != null) {
                    issuer = refusal.signedBy();
                }
            }
        }
        return outcome;
    }

    private static String describe(Statement statement) {
        return statement.rule() + " → " + (statement.reason() == null ? statement.risk() : statement.reason());
    }

    Question question() {
        return question;
    }

    /** The registry that the decision rests on. */
    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The format that claimed the code, or null where none did. */
    @Nullable
    FormatId format() {
        return format;
    }

    /** Whose signature was verified, or null where none was. */
    @Nullable
    IssuerName issuer() {
        return issuer;
    }

    List<TraceLine> lines() {
        return lines;
    }
}
