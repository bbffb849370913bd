package dev.hutong.hub.resolve;

import dev.hutong.hub.clients.Caller;
import dev.hutong.mapping.Explanations;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.mapping.policy.Policy;
import dev.hutong.mapping.policy.Presented;
import dev.hutong.mapping.policy.Verdict;
import dev.hutong.province.EnvelopeReader;
import dev.hutong.province.OpenedCode;
import dev.hutong.province.Platforms;
import dev.hutong.province.RecognisedCode;
import dev.hutong.province.Recogniser;
import dev.hutong.province.TokenAuthenticator;
import dev.hutong.registry.ConfirmedSnapshot;
import dev.hutong.registry.RegistrySnapshot;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way of a code, from what a scanner read to a decision:
 *
 * <pre>
 * bytes ─recognise─► format ─open─► claims or token ─authenticate─► signed claims ┐
 *                                       │         └─► signed reference ┐          │
 *                                       └──────────ask the platform────┴─► answer ┤
 *                 decision ◄─record─ ◄─judge (policy, now)─ statements ◄─map (rules, now)┘
 * </pre>
 *
 * <p>No step looks back, and a step that refuses ends the way: the decision is UNKNOWN with that step's reason. Each of several codes of one
 * person goes its own way as far as its proof; then all are mapped and judged at one instant, and one that was refused never counts as green. Runs on an event loop and
 * never blocks; everything it reads is immutable, and one registry snapshot and one set of rules serve one decision from beginning to
 * end.
 */
public final class Resolver {
    private final Supplier<ConfirmedSnapshot> registry;
    private final Duration oldestRegistry;
    private final RulesInForce rules;
    private final EnvelopeReader reader = new EnvelopeReader();
    private final TokenAuthenticator authenticator = new TokenAuthenticator();
    private final Platforms platforms;
    private final DecisionMaker decisions;
    private final InstantSource clock;
    private final Shadow shadow;
    private final Ledger ledger;
    private final Observer observer;

    /**
     * @param registry gives the newest snapshot there is, and when it was confirmed
     * @param oldestRegistry for how long the registry may go unconfirmed before every answer is STALE_REGISTRY
     * @param clock the process's one clock
     * @param shadow is shown what was decided, once it is
     * @param ledger takes every decision before anybody is told
     */
    public Resolver(
            Supplier<ConfirmedSnapshot> registry,
            Duration oldestRegistry,
            RulesInForce rules,
            Platforms platforms,
            Explanations explanations,
            InstantSource clock,
            Shadow shadow,
            Ledger ledger) {
        this.registry = registry;
        this.oldestRegistry = oldestRegistry;
        this.rules = rules;
        this.platforms = platforms;
        this.decisions = new DecisionMaker(explanations);
        this.clock = clock;
        this.shadow = shadow;
        this.ledger = ledger;
        this.observer = Observer.NONE;
    }

    private Resolver(Resolver other, Observer observer) {
        this.registry = other.registry;
        this.oldestRegistry = other.oldestRegistry;
        this.rules = other.rules;
        this.platforms = other.platforms;
        this.decisions = other.decisions;
        this.clock = other.clock;
        this.shadow = other.shadow;
        this.ledger = new TimedLedger(other.ledger, observer);
        this.observer = observer;
    }

    /** A resolver like this one, whose work is watched. */
    public Resolver observedBy(Observer other) {
        return new Resolver(this, other);
    }

    /**
     * Resolves a code, or several of one person, and has it written down. Whatever is wrong with a code or its issuer is a decision; the
     * future fails for a bug, or where the ledger cannot be written.
     */
    public Future<Decision> resolve(Question question, Caller caller) {
        ConfirmedSnapshot confirmed = registry.get();
        Rules inForce = rules.at(now());
        boolean shown = Disclosure.to(caller).whole();
        Trace trace = decisions.begin(question, confirmed.snapshot().checkpoint(), shown, now(), observer);

        List<Future<Outcome<SignedClaims>>> ways = trace.codes().stream()
                .map(code -> prove(code, inForce.recogniser(), confirmed))
                .toList();

        return Future.all(ways)
                .map(all -> decide(all.<Outcome<SignedClaims>>list(), trace, inForce.policies()))
                .compose(decision -> ledger.record(decision, caller).map(decision))
                .onSuccess(observer::decided);
    }

    /** The way of one code, up to what somebody has vouched for. */
    private Future<Outcome<SignedClaims>> prove(CodeTrace code, Recogniser recogniser, ConfirmedSnapshot confirmed) {
        code.setOut();
        Outcome<RecognisedCode> recognised =
                code.recognised(fresh(confirmed).then(yes -> recogniser.recognise(code.code())));
        Outcome<OpenedCode> opened = code.opened(recognised.then(reader::open));
        return authenticate(opened, confirmed.snapshot(), code).map(code::signed);
    }

    /** What all codes come to, at one instant: what was proven first may be over by the time that the last platform has answered. */
    private Decision decide(List<Outcome<SignedClaims>> proven, Trace trace, Policies policies) {
        Instant now = now();
        List<Statement> statements = new ArrayList<>();
        List<Outcome.Refused<List<Statement>>> refused = new ArrayList<>(0);
        for (int i = 0; i < proven.size(); i++) {
            Outcome<SignedClaims> signed = proven.get(i);
            Outcome<List<Statement>> outcome =
                    trace.codes().get(i).setOut().mapped(signed.then(claims -> claims.map(now)), signed, now);
            if (signed instanceof Outcome.Passed<SignedClaims>(SignedClaims claims)) {
                shadow.compare(claims, now, outcome);
            }
            switch (outcome) {
                case Outcome.Passed<List<Statement>>(List<Statement> mapped) -> statements.addAll(mapped);
                case Outcome.Refused<List<Statement>> refusal -> refused.add(refusal);
            }
        }
        Verdict verdict = statements.isEmpty()
                ? nothingToJudge(refused)
                : judge(presented(statements, refused, trace.question(), now), trace, policies);
        return decisions.make(trace, statements, verdict, now, policies);
    }

    /** Whether the registry has been confirmed lately enough to decide by. */
    private Outcome<ConfirmedSnapshot> fresh(ConfirmedSnapshot confirmed) {
        return now().isAfter(confirmed.at().plus(oldestRegistry))
                ? Outcome.refused(Reason.STALE_REGISTRY, "not confirmed since " + confirmed.at())
                : Outcome.passed(confirmed);
    }

    /** Proves who signed: a signed text by its key, a reference by its platform's signed answer, a signed reference by both. */
    private Future<Outcome<SignedClaims>> authenticate(
            Outcome<OpenedCode> opened, RegistrySnapshot snapshot, CodeTrace trace) {
        return switch (opened) {
            case Outcome.Refused<OpenedCode> refused -> Future.succeededFuture(refused.carry());
            case Outcome.Passed<OpenedCode>(OpenedCode.SignedText text) ->
                Future.succeededFuture(authenticator.authenticate(text, snapshot, now()));
            case Outcome.Passed<OpenedCode>(OpenedCode.Packed packed) ->
                switch (trace.referred(authenticator.authenticate(packed, snapshot, now()))) {
                    case Outcome.Refused<OpenedCode.Enquiry> refused -> Future.succeededFuture(refused.carry());
                    case Outcome.Passed<OpenedCode.Enquiry>(OpenedCode.Enquiry enquiry) ->
                        platforms.ask(enquiry, snapshot);
                };
            case Outcome.Passed<OpenedCode>(OpenedCode.Enquiry enquiry) -> platforms.ask(enquiry, snapshot);
        };
    }

    private static Verdict nothingToJudge(List<Outcome.Refused<List<Statement>>> refused) {
        Outcome.Refused<List<Statement>> first = refused.stream()
                .min(Comparator.comparing(Outcome.Refused::reason))
                .orElseThrow();
        return Verdict.unknown(first.reason(), first.why());
    }

    private static Presented presented(
            List<Statement> statements,
            List<Outcome.Refused<List<Statement>>> refused,
            Question question,
            Instant now) {
        List<Reason> reasons = refused.stream().map(Outcome.Refused::reason).toList();
        return new Presented(statements, reasons, question.observedTemperature(), now);
    }

    private static Verdict judge(Presented presented, Trace trace, Policies policies) {
        trace.judge();
        Optional<Policy> policy = policies.find(trace.question().destination());
        Outcome<Verdict> judged =
                trace.judged(judge(presented, policy, policies.defaultPolicy()), presented, policy.orElse(null));
        return switch (judged) {
            case Outcome.Passed<Verdict>(Verdict verdict) -> verdict;
            case Outcome.Refused<Verdict> refusal -> Verdict.unknown(refusal.reason(), refusal.why());
        };
    }

    /** The destination's verdict. Where the destination is no region nobody may judge, but what makes it UNKNOWN anyway comes first. */
    private static Outcome<Verdict> judge(Presented presented, Optional<Policy> policy, Policy otherwise) {
        Verdict verdict = policy.orElse(otherwise).judge(presented);
        return policy.isEmpty() && verdict.risk() != Risk.UNKNOWN
                ? Outcome.refused(Reason.NO_POLICY, "the destination is not a region of GB/T 2260")
                : Outcome.passed(verdict);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
