package dev.hutong.mapping.format;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A package's {@code rules}, {@code otherwise}, {@code causes} and {@code qualify}: what a native state means. The first rule that fits the
 * state gives risk and qualifiers; the cause and the {@code qualify} conditions add qualifiers. What no rule fits is unmapped.
 */
final class StateRules {
    private static final Pattern RULE_ID = Pattern.compile("[a-z0-9][a-z0-9-]*");

    private record Rule(
            Expressions.@Nullable Condition when,
            Risk risk,
            @Nullable Reason unknown,
            Set<Qualifier> qualifiers,
            String name,
            Bilingual meaning,
            @Nullable Bilingual remedy) {}

    private record Qualify(Qualifier add, Expressions.Condition when) {}

    private final String stateClaim;
    private final String causeClaim;
    private final Map<String, FormatDocument.Cause> codeToCause;
    private final Map<String, List<Rule>> stateToRules = new HashMap<>();
    private final List<Qualify> qualifies;
    private final Meaning unmapped;
    private final Set<String> notConverted;

    StateRules(String format, FormatDocument.Statements document, Expressions expressions) {
        this.stateClaim = document.state();
        FormatDocument.Causes causes = document.causes();
        this.causeClaim = causes == null ? "" : causes.claim();
        this.codeToCause = causes == null ? Map.of() : Map.copyOf(causes.table());
        for (FormatDocument.Rule rule : document.rules()) {
            Expressions.Condition when =
                    rule.when() == null ? null : expressions.condition("statements.rules." + rule.id(), rule.when());
            Set<Qualifier> qualifiers = rule.qualifiers() == null ? Set.of() : Set.copyOf(rule.qualifiers());
            stateToRules
                    .computeIfAbsent(rule.state(), state -> new ArrayList<>(1))
                    .add(new Rule(
                            when,
                            rule.risk(),
                            unknown(rule),
                            qualifiers,
                            name(format, "statements.rules", rule.id()),
                            rule.meaning(),
                            rule.remedy()));
        }
        List<FormatDocument.Qualify> conditions = document.qualify() == null ? List.of() : document.qualify();
        this.qualifies = conditions.stream()
                .map(q -> new Qualify(q.add(), expressions.condition("statements.qualify." + q.add(), q.when())))
                .toList();
        this.unmapped = new Meaning(
                Risk.UNKNOWN,
                Set.of(),
                name(format, "statements.otherwise", document.otherwise().id()),
                document.otherwise().meaning(),
                document.otherwise().remedy(),
                document.evidenceOnly() ? Reason.NOT_CHECKED : Reason.UNMAPPED_STATUS);
        if (document.evidenceOnly() && !document.rules().isEmpty()) {
            throw new InvalidPackageException(
                    "statements.rules: evidence alone is no status, so that no rule maps one");
        }
        this.notConverted = document.rules().stream()
                .filter(rule -> Boolean.FALSE.equals(rule.converts()))
                .map(rule -> format + "#" + rule.id())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Why a rule of risk UNKNOWN says nothing; null for the others. */
    private static @Nullable Reason unknown(FormatDocument.Rule rule) {
        if (rule.risk() != Risk.UNKNOWN) {
            if (rule.reason() != null) {
                throw new InvalidPackageException(
                        "statements.rules." + rule.id() + ": «reason» is for the risk UNKNOWN");
            }
            return null;
        }
        return rule.reason() == null ? Reason.UNMAPPED_STATUS : rule.reason();
    }

    /** Whether what this rule, {@code format@version#rule}, says may be written in another format's words. */
    boolean converts(String rule) {
        return !notConverted.contains(rule);
    }

    private static String name(String format, String where, String id) {
        if (!RULE_ID.matcher(id).matches()) {
            throw new InvalidPackageException(where + ": a rule's id is lower-case letters, digits and hyphens,"
                    + " and does not begin with a hyphen; not «" + id + "»");
        }
        return format + "#" + id;
    }

    Meaning unmapped() {
        return unmapped;
    }

    /** What the state in {@code facts} means. */
    Meaning meaningOf(Facts facts) {
        for (Rule rule : stateToRules.getOrDefault(facts.text(stateClaim), List.of())) {
            if (rule.when == null || rule.when.holds(facts)) {
                Optional<FormatDocument.Cause> cause = cause(facts).map(codeToCause::get);
                return rule.risk == Risk.UNKNOWN
                        ? new Meaning(Risk.UNKNOWN, Set.of(), rule.name, rule.meaning, rule.remedy, rule.unknown)
                        : new Meaning(
                                rule.risk,
                                qualifiers(rule, cause, facts),
                                rule.name,
                                inWords(rule, cause),
                                cause.map(FormatDocument.Cause::remedy).orElse(rule.remedy),
                                null);
            }
        }
        return unmapped;
    }

    /** The coded cause as it stands, whether or not the table knows it. */
    Optional<String> cause(Facts facts) {
        return facts.has(causeClaim) ? Optional.of(facts.text(causeClaim)) : Optional.empty();
    }

    private Set<Qualifier> qualifiers(Rule rule, Optional<FormatDocument.Cause> cause, Facts facts) {
        EnumSet<Qualifier> qualifiers = EnumSet.noneOf(Qualifier.class);
        qualifiers.addAll(rule.qualifiers);
        cause.map(FormatDocument.Cause::add).ifPresent(qualifiers::add);
        for (Qualify qualify : qualifies) {
            if (qualify.when.holds(facts)) {
                qualifiers.add(qualify.add);
            }
        }
        return qualifiers;
    }

    private static Bilingual inWords(Rule rule, Optional<FormatDocument.Cause> cause) {
        if (cause.isEmpty()) {
            return rule.meaning;
        }
        Bilingual words = cause.get().meaning();
        return new Bilingual(
                rule.meaning.chinese() + "（" + words.chinese() + "）",
                rule.meaning.english() + " (" + words.english() + ")");
    }
}
