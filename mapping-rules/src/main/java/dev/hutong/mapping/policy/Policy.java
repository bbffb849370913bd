package dev.hutong.mapping.policy;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.InvalidPackageException;
import java.lang.module.ModuleDescriptor;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a destination judges: the worst valid statement decides, what lapsed while it was yellow or red never becomes green, and a green that
 * does not meet the policy's demands counts as yellow. Immutable and safe for all threads.
 */
public final class Policy {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");

    private final String name;
    private final String version;
    private final String versioned;
    private final Bilingual title;
    private final List<RegionCode> destinations;
    private final Optional<ClearingRange> clearedBy;
    private final List<Demand> demands;

    /**
     * @throws InvalidPackageException where it cannot be used as written
     * @throws IllegalArgumentException where one of its demands cannot
     */
    Policy(PolicyDocument document, Regions regions) {
        this(
                document,
                regions,
                Objects.requireNonNullElse(document.demands(), List.<PolicyDocument.DemandDocument>of()).stream()
                        .map(PolicyDocument.DemandDocument::demand)
                        .toList());
    }

    /** As the document says, but with these demands. */
    Policy(PolicyDocument document, Regions regions, List<Demand> demands) {
        if (!NAME.matcher(document.policy()).matches()) {
            throw new InvalidPackageException(
                    "policy: lower-case letters, digits and hyphens; not «" + document.policy() + "»");
        }
        if (!VERSION.matcher(document.version()).matches()) {
            throw new InvalidPackageException(
                    "version: three numbers with dots between, such as 1.0.0; not «" + document.version() + "»");
        }
        this.name = document.policy();
        this.version = document.version();
        this.versioned = name + "@" + version;
        this.title = document.title();
        this.destinations = Objects.requireNonNullElse(document.destinations(), List.<String>of()).stream()
                .map(code -> regions.find(code)
                        .orElseThrow(
                                () -> new InvalidPackageException("destinations: «" + code + "» is not in GB/T 2260")))
                .toList();
        this.clearedBy = Optional.ofNullable(document.clearedBy());
        this.demands = List.copyOf(demands);
        Set<String> ids = new HashSet<>();
        for (Demand demand : demands) {
            if (!ids.add(demand.id())) {
                throw new InvalidPackageException("demands: «" + demand.id() + "» is there twice");
            }
        }
    }

    public String name() {
        return name;
    }

    public String version() {
        return version;
    }

    /** Whether this is a later version than another. */
    boolean isLaterThan(Policy other) {
        return ModuleDescriptor.Version.parse(version).compareTo(ModuleDescriptor.Version.parse(other.version)) > 0;
    }

    /** {@code policy@version}, as it stands in decisions. */
    public String versioned() {
        return versioned;
    }

    /** The policy for people. */
    public Bilingual title() {
        return title;
    }

    /** The regions it judges for; each exactly, and not what lies in it. */
    public List<RegionCode> destinations() {
        return destinations;
    }

    /** The verifier's own readings that turn a yellow whose only ground is a temperature into a green; empty where none does. */
    public Optional<ClearingRange> clearedBy() {
        return clearedBy;
    }

    /** What it asks for beyond a green. */
    public List<Demand> demands() {
        return demands;
    }

    /** {@code policy@version#demand}, as it stands in traces. */
    public String rule(Demand demand) {
        return versioned + "#" + demand.id();
    }

    /**
     * Judges what was presented: HIGH if any valid statement counts as HIGH; else MEDIUM if any counts as MEDIUM; else UNKNOWN if any is
     * unmapped or was elevated when its validity ended, or if a code was refused; else LOW if one is valid; else UNKNOWN. Evidence that is no
     * status counts only where a demand asks for it.
     */
    public Verdict judge(Presented presented) {
        boolean normal = presented
                .reading()
                .filter(reading ->
                        clearedBy.filter(range -> range.contains(reading)).isPresent())
                .isPresent();
        List<Effect> effects = presented.statements().stream()
                .filter(Statement::isValid)
                .map(statement -> Effect.of(statement, normal).under(demands, presented))
                .toList();
        for (Risk elevated : List.of(Risk.HIGH, Risk.MEDIUM)) {
            if (effects.stream().anyMatch(effect -> effect.risk() == elevated)) {
                return decided(elevated, effects);
            }
        }
        if (effects.isEmpty()) {
            return unknown(presented, effects, "no statement is valid");
        }
        if (!presented.refused().isEmpty()) {
            return unknown(presented, effects, "a code that was refused forbids green");
        }
        if (presented.statements().stream().anyMatch(Policy::forbidsGreen)) {
            return unknown(presented, effects, "a statement that is not valid forbids green");
        }
        return decided(Risk.LOW, effects);
    }

    /** A green beside such a statement would be a guess. */
    private static boolean forbidsGreen(Statement statement) {
        boolean unmapped = statement.assertedRisk() == Risk.UNKNOWN && !statement.evidenceOnly();
        return unmapped || statement.lapsedElevated();
    }

    private Verdict decided(Risk risk, List<Effect> effects) {
        List<Effect> deciding =
                effects.stream().filter(effect -> effect.risk() == risk).toList();
        EnumSet<Qualifier> qualifiers = EnumSet.noneOf(Qualifier.class);
        deciding.forEach(effect -> qualifiers.addAll(effect.qualifiers()));
        return new Verdict(
                risk,
                null,
                qualifiers,
                effects.stream().map(Effect::validUntil).min(Instant::compareTo).orElseThrow(),
                versioned + ": " + ground(risk, effects),
                deciding.stream().map(Effect::statement).toList(),
                unmet(effects),
                contradictions(effects),
                deciding.stream()
                        .map(Effect::remedy)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    private static String ground(Risk risk, List<Effect> effects) {
        if (risk != Risk.LOW) {
            return effects.stream().anyMatch(effect -> effect.statement().risk() == risk)
                    ? "the worst valid statement"
                    : "a demand that is not met";
        }
        return effects.stream().anyMatch(Effect::cleared)
                ? "cleared by the verifier's own reading"
                : "every valid statement is green";
    }

    /** The first in the order of reasons of what stands against the codes and statements. */
    private Verdict unknown(Presented presented, List<Effect> effects, String ground) {
        Reason first = firstReason(presented);
        List<Statement> decisive = presented.statements().stream()
                .filter(statement -> statement.reason() == first)
                .toList();
        return new Verdict(
                Risk.UNKNOWN,
                first,
                Set.of(),
                null,
                versioned + ": " + ground,
                decisive,
                unmet(effects),
                contradictions(effects),
                decisive.stream()
                        .filter(statement -> statement.assertedRisk() == Risk.UNKNOWN)
                        .map(Statement::remedy)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /** What only accompanies others' statements gives its reason only where there is nothing else. */
    private static Reason firstReason(Presented presented) {
        Stream<Reason> statuses = presented.statements().stream()
                .filter(statement -> !statement.evidenceOnly())
                .flatMap(statement -> Stream.ofNullable(statement.reason()));
        return Stream.concat(presented.refused().stream(), statuses)
                .min(Reason::compareTo)
                .orElseGet(() -> presented.statements().stream()
                        .flatMap(statement -> Stream.ofNullable(statement.reason()))
                        .min(Reason::compareTo)
                        .orElseThrow());
    }

    private static List<Demand> unmet(List<Effect> effects) {
        return effects.stream()
                .flatMap(effect -> effect.unmet().stream())
                .distinct()
                .toList();
    }

    private static List<Statement> contradictions(List<Effect> effects) {
        List<Statement> valid = effects.stream().map(Effect::statement).toList();
        boolean differ = valid.stream().map(Statement::risk).distinct().count() > 1;
        return differ ? valid : List.of();
    }
}
