package dev.hutong.mapping.format;

import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
    private record Check(Expressions.Condition when, String why) {}

    private final FormatPackage format;
    private final Regions regions;
    private final FormatDocument.Statements document;
    private final Map<String, Object> absent;
    private final List<Check> issuerErrors;
    private final Observations observations;
    private final StateRules states;
    private final Validity validity;

    StatementRules(FormatPackage format, TokenSchema token, FormatDocument.Statements document, Regions regions) {
        Map<String, ClaimKind> scalars = token.scalars();
        this.format = format;
        this.regions = regions;
        this.document = document;
        this.absent = token.absentValues();
        Expressions expressions = new Expressions(scalars, true);
        requireKnown(scalars.keySet(), token.lists(), document);
        List<FormatDocument.Check> checks = document.issuerError() == null ? List.of() : document.issuerError();
        this.issuerErrors = checks.stream()
                .map(c -> new Check(expressions.condition("statements.issuerError", c.when()), c.why()))
                .toList();
        this.observations = new Observations(document.evidence());
        this.states = new StateRules(format.versioned(), document, expressions);
        this.validity = new Validity(format.versioned(), document.validity(), expressions);
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
        Observations.Found found = observations.in(facts);
        boolean allInTable = found.allInTable()
                && layers.stream().allMatch(layer -> layer.outsideTable().isEmpty());
        Optional<String> cause = states.cause(facts);
        Meaning meaning = (allInTable ? states.meaningOf(facts) : states.unmapped())
                .withoutContradiction(cause.isPresent(), found.evidence());
        Validity.Ending ending = validity.of(facts, codeEnds);
        return new Statement(
                format.issuer(),
                region(facts),
                document.assertedBy() == null ? null : emptyToNull(facts.text(document.assertedBy())),
                emptyToNull(facts.text(document.state())),
                meaning.risk(),
                meaning.isUnmapped() ? ending.first(Reason.UNMAPPED_STATUS) : ending.reached(),
                meaning.qualifiers(),
                cause.orElse(null),
                facts.time(document.assertedAt()),
                meaning.isUnmapped() ? null : ending.at(),
                found.evidence(),
                meaning.rule(),
                meaning.words());
    }

    private @Nullable RegionCode region(Facts facts) {
        return document.assertedBy() == null
                ? format.issuer().region()
                : regions.named(facts.text(document.assertedBy())).orElse(null);
    }

    private static Optional<Claims> newest(Claims claims, FormatDocument.Newest newest) {
        Comparator<Claims> order = newest.by().stream()
                .map(path -> Comparator.comparing((Claims entry) -> entry.text(path)))
                .reduce(Comparator::thenComparing)
                .orElseThrow(() -> new InvalidPackageException("newest: «by» names no claim"));
        return claims.list(newest.list()).stream().max(order);
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

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
