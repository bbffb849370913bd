package dev.hutong.mapping.format;

import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.Temperature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A package's {@code statements}: from verified claims to what they mean.
 *
 * <p>For each entry: the first rule that fits the native state gives risk and qualifiers; the cause and the {@code qualify} conditions
 * add qualifiers; a green that its own content contradicts is taken back; the earliest end decides whether the statement is still good.
 */
final class StatementRules {
    /** How much of a text of the issuer's is echoed. */
    static final int LONGEST_ECHO = 64;

    private record Check(Expressions.Condition when, String why) {}

    /** Of the list's entries, the greatest in this order. */
    private record Newest(String list, Comparator<Claims> order) {
        Optional<Claims> in(Claims claims) {
            return claims.list(list).stream().max(order);
        }
    }

    private final IssuerName issuer;
    private final Regions regions;
    private final FormatDocument.Statements document;
    private final Map<String, Object> absent;
    private final List<Newest> newest;
    private final List<Check> issuerErrors;
    private final Observations observations;
    private final StateRules states;
    private final Validity validity;

    /**
     * @param issuer whose statements these are
     * @param format {@code format@version}
     */
    StatementRules(
            IssuerName issuer, String format, Envelope envelope, FormatDocument.Statements document, Regions regions) {
        TokenSchema token = envelope.statementToken();
        Map<String, ClaimKind> scalars = token.scalars();
        this.issuer = issuer;
        this.regions = regions;
        this.document = document;
        this.absent = token.absentValues();
        Expressions expressions = new Expressions(scalars, true);
        requireKnown(scalars.keySet(), token.lists(), document);
        this.newest = document.newest() == null
                ? List.of()
                : document.newest().entrySet().stream()
                        .map(named -> newest("statements.newest." + named.getKey(), named.getValue(), scalars))
                        .toList();
        List<FormatDocument.Check> checks = document.issuerError() == null ? List.of() : document.issuerError();
        this.issuerErrors = checks.stream()
                .map(c -> new Check(expressions.condition("statements.issuerError", c.when()), c.why()))
                .toList();
        this.observations = new Observations(document.evidence(), expressions);
        this.states = new StateRules(format, document, expressions);
        boolean codeEnds = envelope instanceof Envelope.SignedText;
        this.validity = new Validity(format, document.validity(), codeEnds, expressions);
    }

    /** See {@link FormatPackage#converts}. */
    boolean converts(String rule) {
        return states.converts(rule);
    }

    Outcome<List<Statement>> map(SignedClaims signed, Instant now) {
        List<Claims> shared = shared(signed.claims());
        FormatDocument.Each each = document.each();
        if (each == null) {
            return map(shared, signed, now, new ArrayList<>(1));
        }
        List<Claims> entries = signed.claims().list(each.list());
        if (entries.isEmpty()) {
            return Outcome.refused(each.ifNone(), each.list() + " is empty");
        }
        Outcome<List<Statement>> statements = Outcome.passed(new ArrayList<>(entries.size()));
        for (Claims entry : entries) {
            List<Claims> layers = layers(entry, shared);
            statements = statements.then(soFar -> map(layers, signed, now, soFar));
        }
        return statements;
    }

    private List<Claims> shared(Claims claims) {
        if (newest.isEmpty()) {
            return List.of(claims);
        }
        List<Claims> shared = new ArrayList<>(1 + newest.size());
        shared.add(claims);
        newest.forEach(one -> one.in(claims).ifPresent(shared::add));
        return shared;
    }

    private static List<Claims> layers(Claims entry, List<Claims> shared) {
        List<Claims> layers = new ArrayList<>(shared.size() + 1);
        layers.add(entry);
        layers.addAll(shared);
        return layers;
    }

    /** What the expressions look at, for each statement that {@link #map} would make. */
    List<Situation> situations(Claims claims, Instant now) {
        List<Claims> shared = shared(claims);
        Stream<List<Claims>> each = document.each() == null
                ? Stream.of(shared)
                : claims.list(document.each().list()).stream().map(entry -> layers(entry, shared));
        return each.map(layers -> new Situation(new Facts(layers, absent, now.toEpochMilli())))
                .toList();
    }

    /** Adds one more statement to {@code statements}; refused where the entry shows that the whole answer cannot be relied on. */
    private Outcome<List<Statement>> map(
            List<Claims> layers, SignedClaims signed, Instant now, List<Statement> statements) {
        Facts facts = new Facts(layers, absent, now.toEpochMilli());
        try {
            for (Check check : issuerErrors) {
                if (check.when.holds(facts)) {
                    return Outcome.refused(Reason.ISSUER_ERROR, check.why);
                }
            }
        } catch (ExpressionFailure unevaluable) {
            return Outcome.refused(Reason.ISSUER_ERROR, "a check of the format cannot be evaluated on the answer");
        }
        statements.add(statement(facts, layers, signed.codeEnds()));
        return Outcome.passed(statements);
    }

    private Statement statement(Facts facts, List<Claims> layers, @Nullable Instant codeEnds) {
        Observations.Found found = observations.in(facts);
        boolean allInTable = found.allInTable() && allInTable(layers);
        Optional<String> cause = states.cause(facts);
        Meaning meaning = states.unmapped();
        Validity.Ending ending = Validity.Ending.ofCode(codeEnds, facts.now());
        try {
            Validity.Ending known = validity.of(facts, codeEnds);
            if (allInTable) {
                meaning = states.meaningOf(facts).withoutContradiction(cause.isPresent(), found.evidence());
            }
            ending = known;
        } catch (ExpressionFailure unevaluable) {
            meaning = states.unmapped(); // what cannot be judged is not guessed, and never green
        }
        return new Statement(
                issuer,
                region(facts),
                document.assertedBy() == null ? null : emptyToNull(bounded(facts.text(document.assertedBy()))),
                emptyToNull(bounded(facts.text(document.state()))),
                meaning.risk(),
                reason(meaning, ending),
                meaning.qualifiers(),
                cause.map(StatementRules::bounded).orElse(null),
                facts.time(document.assertedAt()),
                meaning.unknown() == null || document.evidenceOnly() ? ending.at() : null,
                bounded(found.evidence()),
                meaning.rule(),
                meaning.words(),
                meaning.remedy(),
                document.evidenceOnly());
    }

    private static boolean allInTable(List<Claims> layers) {
        for (Claims layer : layers) {
            if (layer.isOutsideTable()) {
                return false;
            }
        }
        return true;
    }

    private static List<Evidence> bounded(List<Evidence> evidence) {
        return areShortAndPlain(evidence) ? evidence : cut(evidence);
    }

    private static boolean areShortAndPlain(List<Evidence> evidence) {
        for (Evidence one : evidence) {
            if (!isShortAndPlain(one.value())) {
                return false;
            }
        }
        return true;
    }

    private static List<Evidence> cut(List<Evidence> evidence) {
        List<Evidence> bounded = new ArrayList<>(evidence.size());
        for (Evidence one : evidence) {
            bounded.add(new Evidence(one.kind(), bounded(one.value()), one.at()));
        }
        return bounded;
    }

    /** Of evidence that is over, that it is: while it is good, NOT_CHECKED says that it is evidence alone. */
    private @Nullable Reason reason(Meaning meaning, Validity.Ending ending) {
        Reason reached = ending.reached();
        if (meaning.unknown() == null || (document.evidenceOnly() && reached != null)) {
            return reached;
        }
        return ending.first(meaning.unknown());
    }

    private @Nullable RegionCode region(Facts facts) {
        return document.assertedBy() == null
                ? issuer.region()
                : regions.named(facts.text(document.assertedBy())).orElse(null);
    }

    private static Newest newest(String where, FormatDocument.Newest document, Map<String, ClaimKind> scalars) {
        Comparator<Claims> order = document.by().stream()
                .map(path -> scalars.get(path) == ClaimKind.READING ? byReading(path) : byText(path))
                .reduce(Comparator::thenComparing)
                .orElseThrow(() -> new InvalidPackageException(where + ": «by» names no claim"));
        return new Newest(document.list(), order);
    }

    private static Comparator<Claims> byText(String path) {
        return Comparator.comparing(entry -> entry.text(path));
    }

    /** None is the least, one that cannot be read the greatest: of two that are equally new, the worse counts. */
    private static Comparator<Claims> byReading(String path) {
        return Comparator.comparing((Claims entry) -> entry.has(path))
                .thenComparing(entry -> Temperature.read(entry.text(path)).isEmpty())
                .thenComparing(entry -> Temperature.read(entry.text(path)).orElse(Temperature.FEVER));
    }

    private static void requireKnown(Set<String> scalars, Set<String> lists, FormatDocument.Statements document) {
        List<String> named = new ArrayList<>(List.of(document.state(), document.assertedAt()));
        List<String> listed = new ArrayList<>();
        if (document.assertedBy() != null) {
            named.add(document.assertedBy());
        }
        if (document.causes() != null) {
            named.add(document.causes().claim());
        }
        if (document.evidence() != null) {
            document.evidence().values().forEach(observation -> {
                named.add(observation.value());
                if (observation.at() != null) {
                    named.add(observation.at());
                }
                if (observation.list() != null) {
                    listed.add(observation.list());
                }
            });
        }
        if (document.each() != null) {
            listed.add(document.each().list());
        }
        if (document.newest() != null) {
            document.newest().values().forEach(newest -> {
                listed.add(newest.list());
                named.addAll(newest.by());
            });
        }
        requireApart(document);
        requireAll(named, scalars, "a claim");
        requireAll(listed, lists, "a list");
    }

    /** What an entry of evidence lacks would be taken from the newest one. */
    private static void requireApart(FormatDocument.Statements document) {
        if (document.evidence() == null || document.newest() == null) {
            return;
        }
        List<String> newest = document.newest().values().stream()
                .map(FormatDocument.Newest::list)
                .toList();
        document.evidence().values().stream()
                .map(FormatDocument.Observation::list)
                .filter(Objects::nonNull)
                .filter(newest::contains)
                .findFirst()
                .ifPresent(list -> {
                    throw new InvalidPackageException("statements.evidence: «" + list
                            + "» is either evidence or looked at for its newest entry, not both");
                });
    }

    private static void requireAll(List<String> named, Set<String> known, String what) {
        named.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new InvalidPackageException("statements: «" + name + "» is not " + what + " of this format");
        });
    }

    /** The issuer's text as far as it is echoed: its first characters, none of them a control character. */
    private static String bounded(String text) {
        return isShortAndPlain(text) ? text : cut(text);
    }

    private static boolean isShortAndPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return text.length() <= LONGEST_ECHO;
    }

    private static String cut(String text) {
        return text.codePoints()
                .limit(LONGEST_ECHO)
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
