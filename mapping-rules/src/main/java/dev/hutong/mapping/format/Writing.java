package dev.hutong.mapping.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Qualifier;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A package's {@code write}, compiled: puts a status into the claims of this format. What it writes is no proof that the format says it so:
 * whoever translates reads it back with the format's own rules.
 */
public final class Writing {
    private static final String ISSUED_AT = "iat";
    private static final String EXPIRES = "exp";

    /** What stands for a text of {@link Authorship}, and for a time of the {@link Draft}. */
    private static final Set<String> TEXTS = Set.of("{id}", "{pseudonym}");

    private static final Set<String> TIMES = Set.of("{assertedAt}", "{notAfter}");

    private record Qualified(Qualifier say, Set<String> states, Map<String, String> claims) {
        boolean fits(Draft draft) {
            return draft.qualifiers().contains(say)
                    && (states.isEmpty() || states.contains(draft.state().name()));
        }
    }

    private record Observed(String value, @Nullable String at, Map<String, String> resultToCode) {}

    private final TokenSchema token;
    private final List<String> jsonText;
    private final Map<String, ClaimKind> scalars;
    private final FormatDocument.Statements statements;
    private final String vocabularyClaim;
    private final List<Long> vocabularies;
    private final Expressions.Moment lives;
    private final boolean asOfDecision;
    private final Map<String, String> claims;
    private final List<NativeState> states;
    private final List<Qualified> qualifiers;
    private final Map<Bilingual, String> causeToCode = new HashMap<>();
    private final Map<String, Observed> kindToObserved = new LinkedHashMap<>();

    Writing(Envelope envelope, FormatDocument.Statements statements, WriteDocument document) {
        this.token = envelope.statementToken();
        this.jsonText = envelope.statementJsonText();
        this.scalars = token.scalars();
        this.statements = statements;
        WriteDocument.Vocabularies named = document.vocabularies();
        this.vocabularyClaim = named == null ? "" : named.claim();
        this.vocabularies = named == null ? List.of() : List.copyOf(named.newestFirst());
        this.lives = new Expressions(scalars, false).moment("write.lives", document.lives());
        this.asOfDecision = document.asOfDecision();
        this.claims = Map.copyOf(document.claims());
        if (document.states().isEmpty()) {
            throw new InvalidPackageException("write.states: names no state");
        }
        this.states = document.states().stream().map(this::nativeState).toList();
        this.qualifiers = document.qualifiers().stream()
                .map(q -> new Qualified(
                        q.say(), q.states() == null ? Set.of() : Set.copyOf(q.states()), Map.copyOf(q.claims())))
                .toList();
        if (statements.causes() != null) {
            statements.causes().table().forEach((code, cause) -> causeToCode.putIfAbsent(cause.meaning(), code));
        }
        if (statements.evidence() != null) {
            statements.evidence().forEach((kind, observation) -> kindToObserved.put(kind, observed(observation)));
        }
        claims.forEach((path, value) -> requireHolds("write.claims", path, value));
        vocabularies.forEach(vocabulary -> requireHolds("write.vocabularies", vocabularyClaim, vocabulary.toString()));
        qualifiers.forEach(
                q -> q.claims.forEach((path, value) -> requireHolds("write.qualifiers." + q.say, path, value)));
    }

    /** The format's vocabularies, the newest first; none where it has only one. */
    public List<Long> vocabularies() {
        return vocabularies;
    }

    /**
     * Whether this format's time is that at which a status was computed, so that a decision that is still good may be written as of its own
     * time.
     */
    public boolean asOfDecision() {
        return asOfDecision;
    }

    /** The states of a vocabulary, in the order in which they are tried. */
    public List<NativeState> states(Optional<Long> vocabulary) {
        return states.stream()
                .filter(state -> state.vocabularies().isEmpty()
                        || vocabulary.filter(state.vocabularies()::contains).isPresent())
                .toList();
    }

    /**
     * The draft as this format's claims. They end at the format's own limit or where the draft does, whichever is earlier.
     *
     * @return refused where they would be malformed in this format
     */
    public Outcome<ObjectNode> write(Draft draft, Authorship authorship) {
        Instant issuedAt = authorship.issuedAt().truncatedTo(ChronoUnit.SECONDS);
        Map<String, Object> values = values(draft, authorship, issuedAt);
        return token.read(token.write(values)).then(withoutLife -> {
            long limit = lives.at(new Facts(List.of(withoutLife), token.absentValues(), 0));
            Instant longest = issuedAt.plusMillis(limit);
            values.put(EXPIRES, longest.isBefore(draft.notAfter()) ? longest : draft.notAfter());
            ObjectNode payload = token.write(values);
            jsonText.forEach(member -> payload.put(member, payload.path(member).toString()));
            payload.putObject("act").put("iss", authorship.assertedBy().toString());
            return Outcome.passed(payload);
        });
    }

    private Map<String, Object> values(Draft draft, Authorship authorship, Instant issuedAt) {
        Map<String, Object> values = new HashMap<>();
        values.put("iss", authorship.hub());
        values.put("requestId", authorship.id());
        values.put("inputHash", authorship.inputHash());
        values.put(ISSUED_AT, issuedAt);
        values.put(EXPIRES, issuedAt);
        Instant assertedAt = draft.assertedAt().isAfter(issuedAt) ? issuedAt : draft.assertedAt();
        Function<String, Object> filledIn = value -> switch (value) {
            case "{id}" -> authorship.id();
            case "{pseudonym}" -> authorship.pseudonym();
            case "{assertedAt}" -> assertedAt;
            case "{notAfter}" -> draft.notAfter();
            default -> value;
        };
        claims.forEach((path, value) -> values.put(path, filledIn.apply(value)));
        draft.vocabulary().ifPresent(vocabulary -> values.put(vocabularyClaim, vocabulary));
        values.put(statements.state(), draft.state().name());
        values.put(statements.assertedAt(), assertedAt);
        if (statements.assertedBy() != null && draft.assertedBy() != null) {
            values.put(statements.assertedBy(), draft.assertedBy());
        }
        qualifiers.stream()
                .filter(q -> q.fits(draft))
                .forEach(q -> q.claims.forEach((path, value) -> values.putIfAbsent(path, filledIn.apply(value))));
        String cause = draft.cause() == null ? null : causeToCode.get(draft.cause());
        if (cause != null && statements.causes() != null) {
            values.putIfAbsent(statements.causes().claim(), cause);
        }
        draft.evidence().forEach(evidence -> put(evidence, values));
        return values;
    }

    /** An observation of which the format tells a time, and nobody knows it, is not written: it would be an invention. */
    private void put(Evidence evidence, Map<String, Object> values) {
        Observed observed = kindToObserved.get(evidence.kind());
        if (observed == null) {
            return;
        }
        String code = observed.resultToCode.isEmpty() ? evidence.value() : observed.resultToCode.get(evidence.value());
        Instant at = evidence.at();
        if (code == null || (observed.at != null && at == null && !values.containsKey(observed.at))) {
            return;
        }
        values.put(observed.value, code);
        if (observed.at != null && at != null) {
            values.putIfAbsent(observed.at, at);
        }
    }

    private static Observed observed(FormatDocument.Observation observation) {
        Map<String, String> resultToCode = new HashMap<>();
        if (observation.table() != null) {
            observation.table().forEach((code, result) -> resultToCode.putIfAbsent(result, code));
        }
        return new Observed(observation.value(), observation.at(), Map.copyOf(resultToCode));
    }

    private NativeState nativeState(WriteDocument.State document) {
        requireHolds("write.states", statements.state(), document.state());
        Set<Long> in = document.vocabularies() == null ? Set.of() : Set.copyOf(document.vocabularies());
        if (!vocabularies.containsAll(in)) {
            throw new InvalidPackageException(
                    "write.states: «" + document.state() + "» names a vocabulary that is not among write.vocabularies");
        }
        return new NativeState(document.state(), document.risk(), Set.copyOf(document.qualifiers()), in);
    }

    private void requireHolds(String where, String path, String value) {
        ClaimKind kind = scalars.get(path);
        Object example = TIMES.contains(value) ? Instant.EPOCH : TEXTS.contains(value) ? "" : value;
        if (kind == null || kind.write(example) == null) {
            throw new InvalidPackageException(
                    where + ": «" + path + "» is not a claim of this format that can hold «" + value + "»");
        }
    }
}
