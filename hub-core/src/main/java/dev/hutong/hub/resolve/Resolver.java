package dev.hutong.hub.resolve;

import com.github.f4b6a3.ulid.UlidFactory;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Explanations;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.mapping.policy.Policy;
import dev.hutong.mapping.policy.Verdict;
import dev.hutong.province.EnvelopeReader;
import dev.hutong.province.OpenedCode;
import dev.hutong.province.Platforms;
import dev.hutong.province.RecognisedCode;
import dev.hutong.province.Recogniser;
import dev.hutong.province.TokenAuthenticator;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistrySnapshot;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way of a code, from what a scanner read to a decision:
 *
 * <pre>
 * bytes ─recognise─► format ─open─► claims or token ─authenticate─► signed claims ┐
 *                                       └─ask the platform─► signed answer ───────┤
 *                          decision ◄─judge (policy, now)─ statements ◄─map (rules, now)┘
 * </pre>
 *
 * <p>No step looks back, and a step that refuses ends the way: the decision is UNKNOWN with that step's reason. Runs on an event loop and
 * never blocks; everything it reads is immutable, and one registry snapshot serves one decision from beginning to end.
 */
public final class Resolver {
    private final Registry registry;
    private final Duration oldestRegistry;
    private final Recogniser recogniser;
    private final EnvelopeReader reader = new EnvelopeReader();
    private final TokenAuthenticator authenticator = new TokenAuthenticator();
    private final Platforms platforms;
    private final Policies policies;
    private final Explanations explanations;
    private final InstantSource clock;
    private final UlidFactory ids = UlidFactory.newInstance();

    /**
     * @param oldestRegistry for how long the registry may go unconfirmed before every answer is STALE_REGISTRY
     * @param clock the process's one clock
     */
    public Resolver(
            Registry registry,
            Duration oldestRegistry,
            Recogniser recogniser,
            Platforms platforms,
            Meanings meanings,
            InstantSource clock) {
        this.registry = registry;
        this.oldestRegistry = oldestRegistry;
        this.recogniser = recogniser;
        this.platforms = platforms;
        this.policies = meanings.policies();
        this.explanations = meanings.explanations();
        this.clock = clock;
    }

    /** The data that judges and explains. */
    public record Meanings(Policies policies, Explanations explanations) {}

    /** Resolves a code. The future fails for a bug only; whatever is wrong with the code or its issuer is a decision. */
    public Future<Decision> resolve(Question question) {
        Trace trace = new Trace();
        RegistrySnapshot snapshot = registry.snapshot();

        Outcome<RecognisedCode> recognised = recognise(question, trace);
        Outcome<OpenedCode> opened = trace.step("open", recognised.then(reader::open), Resolver::describe);
        Future<Outcome<SignedClaims>> signed = authenticate(opened, snapshot, trace);

        return signed.map(claims -> {
            Instant now = now();
            Outcome<List<Statement>> statements =
                    trace.step("map", claims.then(c -> map(recognised, c, now)), Resolver::describe);
            Outcome<Verdict> verdict =
                    trace.step("judge", statements.then(s -> judge(s, question)), v -> describe(v, question));
            return decision(question, snapshot, statements, verdict, now, trace);
        });
    }

    private Outcome<RecognisedCode> recognise(Question question, Trace trace) {
        Outcome<RecognisedCode> fresh = isStale()
                ? Outcome.refused(Reason.STALE_REGISTRY, "not confirmed since " + registry.confirmedAt())
                : recogniser.recognise(question.code());
        if (fresh instanceof Outcome.Passed<RecognisedCode>(RecognisedCode code)) {
            trace.isOf(code.format().id());
        }
        return trace.step("recognise", fresh, code -> code.format().versioned());
    }

    private Future<Outcome<SignedClaims>> authenticate(
            Outcome<OpenedCode> opened, RegistrySnapshot snapshot, Trace trace) {
        return switch (opened) {
            case Outcome.Refused<OpenedCode> refused -> Future.succeededFuture(refused.carry());
            case Outcome.Passed<OpenedCode>(OpenedCode.SignedText text) ->
                Future.succeededFuture(
                        proven("authenticate", authenticator.authenticate(text, snapshot, now()), text, trace));
            case Outcome.Passed<OpenedCode>(OpenedCode.Enquiry enquiry) ->
                platforms.ask(enquiry, snapshot).map(answer -> proven("ask", answer, enquiry, trace));
        };
    }

    private static Outcome<SignedClaims> proven(
            String step, Outcome<SignedClaims> outcome, OpenedCode code, Trace trace) {
        if (outcome instanceof Outcome.Passed<SignedClaims>) {
            trace.isSignedBy(code.format().issuer());
        }
        return trace.step(step, outcome, claims -> "signed by " + code.format().issuer());
    }

    private static Outcome<List<Statement>> map(Outcome<RecognisedCode> recognised, SignedClaims claims, Instant now) {
        return recognised.then(code -> code.format().map(claims, now));
    }

    /** The destination's verdict. Where the destination is no region nobody may judge, but what makes it UNKNOWN anyway comes first. */
    private Outcome<Verdict> judge(List<Statement> statements, Question question) {
        Optional<Policy> policy = policies.find(question.destination());
        Verdict verdict = policy.orElse(policies.defaultPolicy()).judge(statements, question.observedTemperature());
        return policy.isEmpty() && verdict.risk() != Risk.UNKNOWN
                ? Outcome.refused(Reason.NO_POLICY, "the destination is not a region of GB/T 2260")
                : Outcome.passed(verdict);
    }

    private Decision decision(
            Question question,
            RegistrySnapshot snapshot,
            Outcome<List<Statement>> statements,
            Outcome<Verdict> outcome,
            Instant now,
            Trace trace) {
        List<Statement> restsOn =
                statements instanceof Outcome.Passed<List<Statement>>(List<Statement> s) ? s : List.of();
        Verdict verdict = switch (outcome) {
            case Outcome.Passed<Verdict>(Verdict passed) -> passed;
            case Outcome.Refused<Verdict> refused ->
                new Verdict(Risk.UNKNOWN, refused.reason(), Set.of(), null, refused.why());
        };
        return new Decision(
                ids.create(now.toEpochMilli()).toString(),
                verdict,
                trace.format(),
                trace.issuer(),
                question.destination(),
                policies.find(question.destination()).map(Policy::versioned).orElse(null),
                now,
                snapshot.checkpoint(),
                restsOn,
                explain(verdict, restsOn),
                trace.lines());
    }

    private Bilingual explain(Verdict verdict, List<Statement> statements) {
        @Nullable Reason reason = verdict.reason();
        if (reason != null) {
            return explanations.of(reason);
        }
        List<Bilingual> meanings = statements.stream()
                .filter(statement -> statement.risk() == verdict.risk())
                .map(Statement::meaning)
                .toList();
        return explanations.of(
                verdict.risk(),
                meanings.isEmpty() ? statements.stream().map(Statement::meaning).toList() : meanings,
                verdict.qualifiers());
    }

    private boolean isStale() {
        return now().isAfter(registry.confirmedAt().plus(oldestRegistry));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private String describe(Verdict verdict, Question question) {
        return policies.find(question.destination()).map(Policy::versioned).orElse("no policy") + " → "
                + (verdict.reason() == null
                        ? verdict.risk().name()
                        : verdict.reason().name()) + ": " + verdict.ground();
    }

    private static String describe(OpenedCode code) {
        return switch (code) {
            case OpenedCode.SignedText text -> "a signed text, well-formed";
            case OpenedCode.Enquiry enquiry -> "a reference, to be asked about";
        };
    }

    private static String describe(List<Statement> statements) {
        return statements.stream()
                .map(statement -> statement.rule() + " → "
                        + (statement.reason() == null
                                ? statement.risk().name()
                                : statement.reason().name()))
                .collect(Collectors.joining(", "));
    }
}
