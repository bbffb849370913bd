package dev.hutong.hub.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.resolve.Decision;
import dev.hutong.hub.resolve.Question;
import dev.hutong.hub.resolve.Resolver;
import dev.hutong.hub.resolve.Rules;
import dev.hutong.hub.resolve.RulesInForce;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.Authorship;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.translate.Target;
import dev.hutong.mapping.translate.Translation;
import dev.hutong.mapping.translate.Translator;
import dev.hutong.province.TokenAuthenticator;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.SignatureAlgorithm;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Resolves codes and writes the decisions in other formats' words. Only what the {@link Translator} has read back as no better than the
 * decision is signed.
 */
public final class Translations {
    private final String hubId;
    private final Resolver resolver;
    private final RulesInForce rules;
    private final Regions regions;
    private final CompactJwsSigner signer;

    /**
     * @param hubId the {@code iss} of what is written
     * @param signer signs by the hub's own key, ES256
     */
    public Translations(String hubId, Resolver resolver, RulesInForce rules, Regions regions, CompactJwsSigner signer) {
        this.hubId = hubId;
        this.resolver = resolver;
        this.rules = rules;
        this.regions = regions;
        this.signer = signer;
    }

    /** The newest vocabulary of a format; empty where it cannot be written, or its readers do not take the hub's signatures. */
    public static Optional<Target> target(FormatPackage format) {
        return Target.newestOf(format)
                .filter(target -> format.envelope().statementToken().admits(SignatureAlgorithm.ES256.jose()));
    }

    /** The formats whose rules are in force. */
    public Rules rulesAt(Instant now) {
        return rules.at(now);
    }

    /** Resolves, and translates what was decided. The future fails where {@link Resolver#resolve} does. */
    public Future<Translated> translate(Question question, Target target, Caller caller) {
        return resolver.resolve(question, caller)
                .map(decision ->
                        translated(decision, question.codes().getFirst().hash(), target));
    }

    private Translated translated(Decision decision, String inputHash, Target target) {
        IssuerName assertedBy =
                Objects.requireNonNullElse(decision.issuer(), target.format().issuer()); // null only where UNKNOWN
        Authorship authorship = new Authorship(
                hubId, assertedBy, decision.id(), UUID.randomUUID().toString(), inputHash, decision.decidedAt());
        Translator translator = new Translator(rules.versions(), regions, TokenAuthenticator.SKEW);
        return switch (translator.translate(decision.verdict(), decision.statements(), target, authorship)) {
            case Translation.Refused refused -> new Translated.Refused(decision, target, refused.loss());
            case Translation.Written written -> {
                ObjectNode claims = written.claims();
                String typ = target.format().envelope().statementToken().typ();
                yield new Translated.Signed(decision, target, claims, written.losses(), signer.sign(typ, claims));
            }
        };
    }
}
