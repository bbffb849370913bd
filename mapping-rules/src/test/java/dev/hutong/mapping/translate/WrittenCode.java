package dev.hutong.mapping.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.Authorship;
import dev.hutong.mapping.format.Envelope;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.mapping.policy.Presented;
import dev.hutong.mapping.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What was written, as a reader of the target meets it who knows nothing of translations: only of the format and of {@code exp}. */
public final class WrittenCode {
    public static final Duration SKEW = Duration.ofSeconds(60);

    static final Regions REGIONS = Regions.load();
    static final FormatVersions VERSIONS = FormatVersions.bundled(REGIONS);
    static final Policies POLICIES = Policies.bundled(REGIONS);

    private static final ObjectMapper JSON = new ObjectMapper();

    private WrittenCode() {}

    /** A decision under the default policy. */
    public record Judged(Verdict verdict, List<Statement> statements) {
        public static Judged of(List<Statement> statements) {
            return new Judged(
                    POLICIES.defaultPolicy().judge(new Presented(statements, null, Instant.EPOCH)), statements);
        }
    }

    public static Translation translate(Judged judged, Target target, Instant now) {
        Authorship authorship = new Authorship(
                "hutong",
                judged.statements.getFirst().issuer(),
                "01JD0000000000000000000000",
                "p-fresh",
                "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
                now);
        return new Translator(VERSIONS, REGIONS, SKEW).translate(judged.verdict, judged.statements, target, authorship);
    }

    /** The decision of who reads these claims at this instant. */
    public static Judged read(ObjectNode claims, FormatPackage format, Instant now) {
        ObjectNode payload = claims.deepCopy();
        for (String member : format.envelope().statementJsonText()) {
            try {
                payload.set(member, JSON.readTree(payload.get(member).textValue()));
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }
        Duration late = format.envelope() instanceof Envelope.SignedText ? SKEW : Duration.ZERO;
        Instant end = Instant.ofEpochSecond(payload.get("exp").longValue()).plus(late);
        Outcome<List<Statement>> outcome = format.envelope()
                .statementToken()
                .read(payload)
                .then(read -> new SignedClaims(format, read, end).map(now));
        return switch (outcome) {
            case Outcome.Passed<List<Statement>>(List<Statement> statements) -> Judged.of(statements);
            case Outcome.Refused<List<Statement>> refused -> throw new AssertionError(refused.why() + " in " + claims);
        };
    }

    /** Risk, qualifiers of a green, what clears a yellow, and the end: none of them is better. */
    public static void assertNoBetter(Judged later, Judged before) {
        Verdict now = later.verdict;
        Verdict then = before.verdict;
        assertThat(now.risk()).isNotEqualTo(Risk.UNKNOWN).isGreaterThanOrEqualTo(then.risk());
        if (now.risk() == Risk.LOW) {
            assertThat(now.qualifiers()).containsAll(then.qualifiers());
        }
        if (now.qualifiers().contains(Qualifier.TEMPERATURE_ONLY)) {
            assertThat(cleared(before))
                    .as("a reading that clears it clears what it was")
                    .isEqualTo(Risk.LOW);
        }
        assertThat(Objects.requireNonNull(now.validUntil()))
                .isBeforeOrEqualTo(Objects.requireNonNull(then.validUntil()));
    }

    private static Risk cleared(Judged judged) {
        return POLICIES.defaultPolicy()
                .judge(new Presented(judged.statements, "36.5", Instant.EPOCH))
                .risk();
    }
}
