package dev.hutong.hub.resolve;

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
 * never blocks; everything it reads is immutable, and one registry snapshot and one set of rules serve one decision from beginning to
 * end.
 */
public final class Resolver {
    private final Registry registry;
    private final Duration oldestRegistry;
    private final RulesInForce rules;
    private final EnvelopeReader reader = new EnvelopeReader();
    private final TokenAuthenticator authenticator = new TokenAuthenticator();
    private final Platforms platforms;
    private final DecisionMaker decisions;
    private final InstantSource clock;

    /**
     * @param oldestRegistry for how long the registry may go unconfirmed before every answer is STALE_REGISTRY
     * @param clock the process's one clock
     */
    public Resolver(
            Registry registry,
            Duration oldestRegistry,
            RulesInForce rules,
            Platforms platforms,
            Explanations explanations,
            InstantSource clock) {
        this.registry = registry;
        this.oldestRegistry = oldestRegistry;
        this.rules = rules;
        this.platforms = platforms;
        this.decisions = new DecisionMaker(explanations);
        this.clock = clock;
    }

    /** Resolves a code. The future fails for a bug only; whatever is wrong with the code or its issuer is a decision. */
    public Future<Decision> resolve(Question question) {
        RegistrySnapshot snapshot = registry.snapshot();
        Rules inForce = rules.at(now());
        Trace trace = new Trace(question, snapshot.checkpoint());

        Outcome<RecognisedCode> recognised =
                trace.recognised(confirmed().then(yes -> inForce.recogniser().recognise(question.code())));
        Outcome<OpenedCode> opened = trace.opened(recognised.then(reader::open));
        Future<Outcome<SignedClaims>> authentic = authenticate(opened, snapshot);

        return authentic.map(outcome -> {
            Instant now = now();
            Outcome<SignedClaims> signed = trace.signed(outcome);
            Outcome<List<Statement>> statements = trace.mapped(signed.then(claims -> claims.map(now)));
            Outcome<Verdict> verdict = trace.judged(statements.then(all -> judge(all, question, inForce.policies())));
            return decisions.make(statements, verdict, now, inForce.policies(), trace);
        });
    }

    /** Whether the registry has been confirmed lately enough to decide by. */
    private Outcome<Registry> confirmed() {
        Instant confirmedAt = registry.confirmedAt();
        return now().isAfter(confirmedAt.plus(oldestRegistry))
                ? Outcome.refused(Reason.STALE_REGISTRY, "not confirmed since " + confirmedAt)
                : Outcome.passed(registry);
    }

    /** Proves who signed: a signed text by its key, a reference by its platform's signed answer. */
    private Future<Outcome<SignedClaims>> authenticate(Outcome<OpenedCode> opened, RegistrySnapshot snapshot) {
        return switch (opened) {
            case Outcome.Refused<OpenedCode> refused -> Future.succeededFuture(refused.carry());
            case Outcome.Passed<OpenedCode>(OpenedCode.SignedText text) ->
                Future.succeededFuture(authenticator.authenticate(text, snapshot, now()));
            case Outcome.Passed<OpenedCode>(OpenedCode.Enquiry enquiry) -> platforms.ask(enquiry, snapshot);
        };
    }

    /** The destination's verdict. Where the destination is no region nobody may judge, but what makes it UNKNOWN anyway comes first. */
    private Outcome<Verdict> judge(List<Statement> statements, Question question, Policies policies) {
        Optional<Policy> policy = policies.find(question.destination());
        Verdict verdict = policy.orElse(policies.defaultPolicy()).judge(statements, question.observedTemperature());
        return policy.isEmpty() && verdict.risk() != Risk.UNKNOWN
                ? Outcome.refused(Reason.NO_POLICY, "the destination is not a region of GB/T 2260")
                : Outcome.passed(verdict);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
