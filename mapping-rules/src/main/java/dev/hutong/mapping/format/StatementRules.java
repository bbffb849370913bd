package dev.hutong.mapping.format;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.Temperature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A package's {@code statements}: from verified claims to what they mean.
 *
 * <p>For each entry: the first rule that fits the native state gives risk and qualifiers; the cause and the {@code qualify} conditions
 * add qualifiers; a green that its own content contradicts is taken back; the earliest end decides whether the statement is still good.
 */
final class StatementRules {
    private record Rule(
            Expressions.@Nullable Condition when,
            Risk risk,
            Set<Qualifier> qualifiers,
            String name,
            Bilingual meaning) {}

    private record Check(Expressions.Condition when, String why) {}

    private record Qualify(Qualifier add, Expressions.Condition when) {}

    private record End(Expressions.Moment until, Reason reason, Expressions.@Nullable Condition unless) {}

    /**
     * Where a statement's validity ends.
     *
     * @param at the earliest of its ends, exclusive
     * @param reached the first in the order of reasons among the ends that are over, or null while none is
     */
    private record Ending(Instant at, @Nullable Reason reached) {
        Ending or(Instant end, Reason reason, Instant now) {
            boolean over = !now.isBefore(end);
            return new Ending(end.isBefore(at) ? end : at, over ? first(reached, reason) : reached);
        }
    }

    private final FormatPackage format;
    private final Regions regions;
    private final FormatDocument.Statements document;
    private final Map<String, Object> absent;
    private final Map<String, List<Rule>> stateToRules;
    private final Rule otherwise;
    private final List<Check> issuerErrors;
    private final List<Qualify> qualifies;
    private final List<End> ends;
    private final Map<String, FormatDocument.Observation> observations;

    StatementRules(FormatPackage format, TokenSchema token, FormatDocument.Statements document, Regions regions) {
        Map<String, ClaimKind> scalars = token.scalars();
        this.format = format;
        this.regions = regions;
        this.document = document;
        this.absent = token.absentValues();
        Expressions expressions = new Expressions(scalars, true);
        requireKnown(scalars.keySet(), token.lists(), document);
        this.stateToRules = rules(document.rules(), expressions);
        this.otherwise = new Rule(
                null,
                Risk.UNKNOWN,
                Set.of(),
                name(document.otherwise().id()),
                document.otherwise().meaning());
        this.issuerErrors = orEmpty(document.issuerError()).stream()
                .map(c -> new Check(expressions.condition("statements.issuerError", c.when()), c.why()))
                .toList();
        this.qualifies = orEmpty(document.qualify()).stream()
                .map(q -> new Qualify(q.add(), expressions.condition("statements.qualify." + q.add(), q.when())))
                .toList();
        this.ends = document.validity().stream()
                .map(end -> new End(
                        expressions.moment("statements.validity", end.until()),
                        end.reason(),
                        end.unless() == null ? null : expressions.condition("statements.validity", end.unless())))
                .toList();
        this.observations = document.evidence() == null ? Map.of() : new LinkedHashMap<>(document.evidence());
    }

    Outcome<List<Statement>> map(SignedClaims signed, Instant now) {
        List<Claims> shared = new ArrayList<>();
        shared.add(signed.claims());
        if (document.newest() != null) {
            document.newest()
                    .values()
                    .forEach(newest -> newest(signed.claims(), newest).ifPresent(shared::add));
        }
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
            List<Claims> layers = new ArrayList<>(shared.size() + 1);
            layers.add(entry);
            layers.addAll(shared);
            statements = statements.then(soFar -> map(layers, signed, now, soFar));
        }
        return statements;
    }

    /** Adds one more statement to {@code statements}; refused where the entry shows that the whole answer cannot be relied on. */
    private Outcome<List<Statement>> map(
            List<Claims> layers, SignedClaims signed, Instant now, List<Statement> statements) {
        Facts facts = new Facts(layers, absent, now.toEpochMilli());
        for (Check check : issuerErrors) {
            if (check.when.holds(facts)) {
                return Outcome.refused(Reason.ISSUER_ERROR, check.why);
            }
        }
        statements.add(statement(facts, layers, signed.codeEnds()));
        return Outcome.passed(statements);
    }

    private Statement statement(Facts facts, List<Claims> layers, @Nullable Instant codeEnds) {
        List<Evidence> evidence = new ArrayList<>(observations.size());
        boolean outsideTable =
                layers.stream().anyMatch(layer -> layer.outsideTable().isPresent());
        for (Map.Entry<String, FormatDocument.Observation> observation : observations.entrySet()) {
            outsideTable |= !observe(observation.getKey(), observation.getValue(), facts, evidence);
        }
        Rule rule = outsideTable ? otherwise : firstRule(facts);
        Meaning meaning = new Meaning(rule.risk, qualifiers(rule, facts));
        Optional<String> cause = cause(facts);
        meaning = withoutContradiction(meaning, cause.isPresent(), evidence);
        Ending ending = ending(facts, codeEnds);
        return new Statement(
                format.issuer(),
                region(facts),
                document.assertedBy() == null ? null : emptyToNull(facts.text(document.assertedBy())),
                emptyToNull(facts.text(document.state())),
                meaning.risk,
                meaning.risk == Risk.UNKNOWN ? first(ending.reached, Reason.UNMAPPED_STATUS) : ending.reached,
                meaning.qualifiers,
                cause.orElse(null),
                time(facts, document.assertedAt()),
                meaning.risk == Risk.UNKNOWN ? null : ending.at,
                evidence,
                rule.name,
                inWords(rule, cause));
    }

    private record Meaning(Risk risk, Set<Qualifier> qualifiers) {
        static final Meaning UNMAPPED = new Meaning(Risk.UNKNOWN, Set.of());
    }

    private Rule firstRule(Facts facts) {
        for (Rule rule : stateToRules.getOrDefault(facts.text(document.state()), List.of())) {
            if (rule.when == null || rule.when.holds(facts)) {
                return rule;
            }
        }
        return otherwise;
    }

    private Bilingual inWords(Rule rule, Optional<String> code) {
        Bilingual cause =
                code.map(this::causeOf).map(FormatDocument.Cause::meaning).orElse(null);
        return cause == null
                ? rule.meaning
                : new Bilingual(
                        rule.meaning.chinese() + "（" + cause.chinese() + "）",
                        rule.meaning.english() + " (" + cause.english() + ")");
    }

    private FormatDocument.@Nullable Cause causeOf(String code) {
        return document.causes() == null ? null : document.causes().table().get(code);
    }

    private Set<Qualifier> qualifiers(Rule rule, Facts facts) {
        EnumSet<Qualifier> qualifiers = EnumSet.noneOf(Qualifier.class);
        if (rule.risk == Risk.UNKNOWN) {
            return qualifiers;
        }
        qualifiers.addAll(rule.qualifiers);
        cause(facts).map(this::causeOf).map(FormatDocument.Cause::add).ifPresent(qualifiers::add);
        for (Qualify qualify : qualifies) {
            if (qualify.when.holds(facts)) {
                qualifiers.add(qualify.add);
            }
        }
        return qualifiers;
    }

    private Optional<String> cause(Facts facts) {
        return document.causes() != null && facts.has(document.causes().claim())
                ? Optional.of(facts.text(document.causes().claim()))
                : Optional.empty();
    }

    /**
     * In every format: a green beside a positive PCR or a coded cause contradicts itself; a green beside a fever is yellow until somebody
     * measures again; a green beside a temperature that cannot be read is no green.
     */
    private static Meaning withoutContradiction(Meaning meaning, boolean hasCause, List<Evidence> evidence) {
        if (meaning.risk != Risk.LOW) {
            return meaning;
        }
        if (hasCause || evidence.stream().anyMatch(Evidence::isPositivePcr)) {
            return Meaning.UNMAPPED;
        }
        Optional<String> reading = evidence.stream()
                .filter(e -> e.kind().equals(Evidence.TEMPERATURE))
                .map(Evidence::value)
                .findFirst();
        if (reading.isEmpty()) {
            return meaning;
        }
        Optional<Temperature> temperature = Temperature.read(reading.get());
        if (temperature.isEmpty()) {
            return Meaning.UNMAPPED;
        }
        if (!temperature.get().isFever()) {
            return meaning;
        }
        EnumSet<Qualifier> qualifiers = EnumSet.of(Qualifier.TEMPERATURE_ONLY);
        qualifiers.addAll(meaning.qualifiers);
        return new Meaning(Risk.MEDIUM, qualifiers);
    }

    /** Adds the observation where the claims hold one; false where its value is not in its table. */
    private static boolean observe(
            String kind, FormatDocument.Observation observation, Facts facts, List<Evidence> evidence) {
        if (!facts.has(observation.value())) {
            return true;
        }
        String value = facts.text(observation.value());
        if (observation.table() != null) {
            value = observation.table().get(value);
            if (value == null) {
                return false;
            }
        }
        evidence.add(new Evidence(kind, value, observation.at() == null ? null : time(facts, observation.at())));
        return true;
    }

    private Ending ending(Facts facts, @Nullable Instant codeEnds) {
        Instant now = Instant.ofEpochMilli(facts.now());
        Ending ending = new Ending(Instant.MAX, null);
        if (codeEnds != null) {
            ending = ending.or(codeEnds, Reason.EXPIRED_CODE, now);
        }
        for (End end : ends) {
            if (end.unless == null || !end.unless.holds(facts)) {
                ending = ending.or(Instant.ofEpochMilli(end.until.at(facts)), end.reason, now);
            }
        }
        if (ending.at.equals(Instant.MAX)) {
            throw new IllegalStateException(format.versioned() + ": statements.validity gives this statement no end");
        }
        return ending;
    }

    private static Reason first(@Nullable Reason one, Reason other) {
        return one == null || other.compareTo(one) < 0 ? other : one;
    }

    private @Nullable RegionCode region(Facts facts) {
        return document.assertedBy() == null
                ? format.issuer().region()
                : regions.named(facts.text(document.assertedBy())).orElse(null);
    }

    private static @Nullable Instant time(Facts facts, String claim) {
        return facts.has(claim) && facts.find(claim).orElseThrow() instanceof Long millis
                ? Instant.ofEpochMilli(millis)
                : null;
    }

    private static Optional<Claims> newest(Claims claims, FormatDocument.Newest newest) {
        Comparator<Claims> order = newest.by().stream()
                .map(path -> Comparator.comparing((Claims entry) -> entry.text(path)))
                .reduce(Comparator::thenComparing)
                .orElseThrow(() -> new InvalidPackageException("newest: «by» names no claim"));
        return claims.list(newest.list()).stream().max(order);
    }

    private Map<String, List<Rule>> rules(List<FormatDocument.Rule> documents, Expressions expressions) {
        Map<String, List<Rule>> byState = new HashMap<>();
        for (FormatDocument.Rule rule : documents) {
            Expressions.Condition when =
                    rule.when() == null ? null : expressions.condition("statements.rules." + rule.id(), rule.when());
            byState.computeIfAbsent(rule.state(), state -> new ArrayList<>())
                    .add(new Rule(
                            when,
                            rule.risk(),
                            Set.copyOf(orEmpty(rule.qualifiers())),
                            name(rule.id()),
                            rule.meaning()));
        }
        return byState;
    }

    private String name(String rule) {
        return format.versioned() + "#" + rule;
    }

    private static void requireKnown(Set<String> scalars, Set<String> lists, FormatDocument.Statements document) {
        List<String> named = new ArrayList<>(List.of(document.state(), document.assertedAt()));
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
            });
        }
        List<String> listed = new ArrayList<>();
        if (document.each() != null) {
            listed.add(document.each().list());
        }
        if (document.newest() != null) {
            document.newest().values().forEach(newest -> {
                listed.add(newest.list());
                named.addAll(newest.by());
            });
        }
        requireAll(named, scalars, "a claim");
        requireAll(listed, lists, "a list");
    }

    private static void requireAll(List<String> named, Set<String> known, String what) {
        named.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new InvalidPackageException("statements: «" + name + "» is not " + what + " of this format");
        });
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
