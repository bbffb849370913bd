package dev.hutong.province;

import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.Claims;
import dev.hutong.mapping.format.PlatformStep;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.Rejection;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks issuers' platforms, in as many steps as the format has, all of them within one deadline. Nobody is asked whom the registry does
 * not hold or has suspended.
 */
public final class Platforms {
    private final PlatformClient client;
    private final InstantSource clock;
    private final Duration deadline;

    /**
     * @param clock what answers' times are compared with
     * @param deadline for all steps of one enquiry together
     */
    public Platforms(PlatformClient client, InstantSource clock, Duration deadline) {
        this.client = client;
        this.clock = clock;
        this.deadline = deadline;
    }

    /** Asks until the last step has answered, and yields its signed claims. The future never fails for a platform's sake. */
    public Future<Outcome<SignedClaims>> ask(OpenedCode.Enquiry enquiry, RegistrySnapshot registry) {
        IssuerId issuer = new IssuerId(enquiry.format().issuer().toString());
        Optional<Rejection> standing = registry.standing(issuer, clock.instant());
        if (standing.isPresent()) {
            return refused(
                    standing.get() == Rejection.UNKNOWN_ISSUER ? Reason.UNKNOWN_ISSUER : Reason.ISSUER_SUSPENDED,
                    "by the registry; the platform was not asked");
        }
        Optional<URI> platform = registry.issuer(issuer).flatMap(RegisteredIssuer::platform);
        if (platform.isEmpty()) {
            return refused(Reason.ISSUER_UNAVAILABLE, "no platform is registered for " + issuer);
        }
        Dialogue dialogue = new Dialogue(
                enquiry, platform.get(), new AnswerVerifier(enquiry.format().issuer(), registry, clock));
        return dialogue.step(0, enquiry.input(), null, true);
    }

    /** One enquiry on its way through its steps. */
    private final class Dialogue {
        private final OpenedCode.Enquiry enquiry;
        private final URI platform;
        private final AnswerVerifier verifier;
        private final long endsAt = System.nanoTime() + deadline.toNanos();

        Dialogue(OpenedCode.Enquiry enquiry, URI platform, AnswerVerifier verifier) {
            this.enquiry = enquiry;
            this.platform = platform;
            this.verifier = verifier;
        }

        /**
         * @param signedBy the issuer, once an answer of its has been verified
         * @param mayAskAgain whether a platform that says so is asked once more
         */
        Future<Outcome<SignedClaims>> step(
                int index, CodeContent input, @Nullable IssuerName signedBy, boolean mayAskAgain) {
            Duration left = Duration.ofNanos(endsAt - System.nanoTime());
            if (!left.isPositive()) {
                return Future.succeededFuture(
                        new Outcome.Refused<>(Reason.ISSUER_UNAVAILABLE, "out of time", signedBy));
            }
            PlatformStep step = enquiry.platform().steps().get(index);
            String requestId = UUID.randomUUID().toString();
            return client.post(url(step), request(step, input, requestId), left).compose(reply -> {
                Outcome<Claims> answer = verifier.verify(reply, step, requestId, input.hash());
                return switch (answer) {
                    case Outcome.Refused<Claims> refused ->
                        Future.succeededFuture(new Outcome.Refused<>(
                                refused.reason(),
                                refused.why(),
                                refused.signedBy() == null ? signedBy : refused.signedBy()));
                    case Outcome.Passed<Claims>(Claims claims)
                    when asksAgain(step, claims) && mayAskAgain ->
                        step(index, input, enquiry.format().issuer(), false);
                    case Outcome.Passed<Claims>(Claims claims) -> next(index, step, claims, reply);
                };
            });
        }

        private Future<Outcome<SignedClaims>> next(int index, PlatformStep step, Claims claims, PlatformReply reply) {
            Outcome<Claims> answered = AnswerVerifier.answered(step, claims);
            if (answered instanceof Outcome.Refused<Claims> refused) {
                return Future.succeededFuture(
                        refused.signedBy(enquiry.format().issuer()).carry());
            }
            String next = step.next();
            return next == null
                    ? Future.succeededFuture(Outcome.passed(
                            new SignedClaims(enquiry.format(), claims, enquiry.codeEnds(), reply.octets())))
                    : step(
                            index + 1,
                            CodeContent.ofText(claims.text(next)),
                            enquiry.format().issuer(),
                            true);
        }

        private boolean asksAgain(PlatformStep step, Claims claims) {
            return claims.integer(step.codes().claim())
                    .filter(step.codes().askAgain()::contains)
                    .isPresent();
        }

        private URI url(PlatformStep step) {
            String base = platform.toString();
            return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + step.path());
        }

        private Buffer request(PlatformStep step, CodeContent input, String requestId) {
            JsonObject json = new JsonObject();
            Map<String, String> members = input.isText() ? step.request() : step.requestForBytes();
            members.forEach((name, value) -> json.put(
                    name,
                    switch (value) {
                        case "{input}" -> input.onTheWire();
                        case "{requestId}" -> requestId;
                        case "{timestamp}" -> clock.millis();
                        default -> value;
                    }));
            return json.toBuffer();
        }
    }

    private static Future<Outcome<SignedClaims>> refused(Reason reason, String why) {
        return Future.succeededFuture(Outcome.refused(reason, why));
    }
}
