package dev.hutong.hub.replay;

import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatPackages;
import dev.hutong.province.EnvelopeReader;
import dev.hutong.province.OpenedCode;
import dev.hutong.province.Recogniser;
import dev.hutong.province.ScannedCode;
import dev.hutong.province.TokenAuthenticator;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.merkle.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The steps of a code up to its statements, by the rules that a decision names and at its instant. */
final class CodeWay {
    private final ReplaySource source;
    private final RecordedDecision decision;

    CodeWay(ReplaySource source, RecordedDecision decision) {
        this.source = source;
        this.decision = decision;
    }

    /** How far a code came. */
    sealed interface End {}

    /** Its statements, or the reason of the step that refused. */
    record Arrived(Outcome<List<Statement>> statements) implements End {}

    /** A platform would have to be asked again, and would answer as of now. */
    record Online(String why) implements End {}

    End statementsOf(String code) {
        Outcome<OpenedCode> opened =
                new Recogniser(rules()).recognise(ScannedCode.ofText(code)).then(new EnvelopeReader()::open);
        return switch (opened) {
            case Outcome.Refused<OpenedCode> refused -> new Arrived(refused.carry());
            case Outcome.Passed<OpenedCode>(OpenedCode.SignedText text) ->
                new Arrived(new TokenAuthenticator()
                        .authenticate(text, source.registry(), decision.decidedAt())
                        .then(claims -> claims.map(decision.decidedAt())));
            case Outcome.Passed<OpenedCode>(OpenedCode online) ->
                new Online("its issuer's platform was asked about the code ("
                        + online.format().versioned()
                        + "), and can only be asked as of now: replay the decision without the code");
        };
    }

    /** One version of each format: the one the decision names, otherwise the one that was in force then. */
    private FormatPackages rules() {
        Map<FormatId, FormatPackage> idToFormat = new LinkedHashMap<>();
        source.versions()
                .inForce(decision.decidedAt())
                .packages()
                .forEach(format -> idToFormat.put(format.id(), format));
        named().flatMap(version -> source.versions().find(version).stream())
                .forEach(format -> idToFormat.put(format.id(), format));
        return new FormatPackages(List.copyOf(idToFormat.values()));
    }

    private Stream<String> named() {
        return Stream.concat(
                StreamSupport.stream(decision.json().path("trace").spliterator(), false)
                        .map(line -> line.path("rule").asText()),
                decision.statements().stream().map(statement -> version(statement.rule())));
    }

    /** The {@code format@version} of a rule. */
    static String version(String rule) {
        return rule.split("#", 2)[0];
    }

    /** Whether the registry at hand is the one that was decided by: keys may have come and gone since. */
    Optional<Difference> differenceFromRegistry() {
        Checkpoint held = source.registry().checkpoint();
        String decided = decision.json().at("/checkpoint/size").asText() + " entries, root "
                + decision.text("/checkpoint/root").orElse("");
        String there = held.size() + " entries, root " + held.root().toBase64();
        return decided.equals(there) ? Optional.empty() : Optional.of(new Difference("checkpoint", decided, there));
    }

    /**
     * Whether this is the code that was decided on, by the digest in its trace: base64url SHA-256 of the decision's id, a line feed, the
     * step, a line feed, and what was scanned. Empty too where the trace holds no digest.
     */
    Optional<Difference> differenceFromInput(String code) {
        for (var line : decision.json().path("trace")) {
            if (line.path("step").asText().equals("recognise")
                    && line.path("inputs").isTextual()) {
                String decided = line.get("inputs").textValue();
                String given = digest(decision.text("/id").orElse("") + "\nrecognise\n" + code);
                return decided.equals(given)
                        ? Optional.empty()
                        : Optional.of(new Difference("the code's digest", decided, given));
            }
        }
        return Optional.empty();
    }

    private static String digest(String text) {
        try {
            return StrictBase64Url.encode(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
