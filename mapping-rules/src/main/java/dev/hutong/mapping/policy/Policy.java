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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    private final Grounds grounds;
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
        this.grounds = Grounds.of(versioned);
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
        List<Effect> effects = effects(presented);
        Risk worst = worst(effects);
        if (worst.isElevated()) {
            return decided(worst, effects);
        }
        if (effects.isEmpty()) {
            return unknown(presented, effects, "no statement is valid");
        }
        if (!presented.refused().isEmpty()) {
            return unknown(presented, effects, "a code that was refused forbids green");
        }
        for (Statement statement : presented.statements()) {
            if (forbidsGreen(statement)) {
                return unknown(presented, effects, "a statement that is not valid forbids green");
            }
        }
        return decided(Risk.LOW, effects);
    }

    /** As what each valid statement counts here. Loops and no streams, here and below: a gate waits for every decision. */
    private List<Effect> effects(Presented presented) {
        boolean normal = clearedBy.isPresent()
                && presented.reading().filter(clearedBy.get()::contains).isPresent();
        List<Effect> effects = new ArrayList<>(presented.statements().size());
        for (Statement statement : presented.statements()) {
            if (statement.isValid()) {
                effects.add(Effect.of(statement, normal).under(demands, presented));
            }
        }
        return effects;
    }

    /** The worst that any counts as; LOW where there is none. */
    private static Risk worst(List<Effect> effects) {
        Risk worst = Risk.LOW;
        for (Effect effect : effects) {
            if (effect.risk().compareTo(worst) > 0) {
                worst = effect.risk();
            }
        }
        return worst;
    }

    /** A green beside such a statement would be a guess. */
    private static boolean forbidsGreen(Statement statement) {
        boolean unmapped = statement.assertedRisk() == Risk.UNKNOWN && !statement.evidenceOnly();
        return unmapped || statement.lapsedElevated();
    }

    private Verdict decided(Risk risk, List<Effect> effects) {
        List<Statement> decisive = new ArrayList<>(effects.size());
        EnumSet<Qualifier> qualifiers = EnumSet.noneOf(Qualifier.class);
        Instant validUntil = effects.getFirst().validUntil();
        Bilingual remedy = null;
        for (Effect effect : effects) {
            if (effect.validUntil().isBefore(validUntil)) {
                validUntil = effect.validUntil();
            }
            if (effect.risk() == risk) {
                decisive.add(effect.statement());
                qualifiers.addAll(effect.qualifiers());
                remedy = remedy == null ? effect.remedy() : remedy;
            }
        }
        return new Verdict(
                risk,
                null,
                qualifiers,
                validUntil,
                ground(risk, effects),
                decisive,
                unmet(effects),
                contradictions(effects),
                remedy);
    }

    private String ground(Risk risk, List<Effect> effects) {
        if (risk == Risk.LOW) {
            return effects.stream().anyMatch(Effect::cleared) ? grounds.cleared() : grounds.allGreen();
        }
        for (Effect effect : effects) {
            if (effect.statement().risk() == risk) {
                return grounds.worst();
            }
        }
        return grounds.demand();
    }

    /** The first in the order of reasons of what stands against the codes and statements. */
    private Verdict unknown(Presented presented, List<Effect> effects, String ground) {
        Reason first = firstReason(presented);
        List<Statement> decisive = new ArrayList<>(presented.statements().size());
        Bilingual remedy = null;
        for (Statement statement : presented.statements()) {
            if (statement.reason() == first) {
                decisive.add(statement);
                remedy = remedy == null && statement.assertedRisk() == Risk.UNKNOWN ? statement.remedy() : remedy;
            }
        }
        return new Verdict(
                Risk.UNKNOWN,
                first,
                Set.of(),
                null,
                versioned + ": " + ground,
                decisive,
                unmet(effects),
                contradictions(effects),
                remedy);
    }

    /** What only accompanies others' statements gives its reason only where there is nothing else. */
    private static Reason firstReason(Presented presented) {
        Reason first = null;
        Reason beside = null;
        for (Reason refusal : presented.refused()) {
            first = earlier(first, refusal);
        }
        for (Statement statement : presented.statements()) {
            if (statement.evidenceOnly()) {
                beside = earlier(beside, statement.reason());
            } else {
                first = earlier(first, statement.reason());
            }
        }
        return Objects.requireNonNull(first == null ? beside : first, "an UNKNOWN has a reason");
    }

    private static @Nullable Reason earlier(@Nullable Reason one, @Nullable Reason other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static List<Demand> unmet(List<Effect> effects) {
        List<Demand> unmet = new ArrayList<>(0);
        for (Effect effect : effects) {
            for (Demand demand : effect.unmet()) {
                if (!unmet.contains(demand)) {
                    unmet.add(demand);
                }
            }
        }
        return unmet;
    }

    /** All valid statements, where they do not all assert the same risk. */
    private static List<Statement> contradictions(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect.statement().risk() != effects.getFirst().statement().risk()) {
                return effects.stream().map(Effect::statement).toList();
            }
        }
        return List.of();
    }

    /** What decided, in the words of the trace; made once, since every decision has one of them. */
    private record Grounds(String worst, String demand, String cleared, String allGreen) {
        static Grounds of(String policy) {
            return new Grounds(
                    policy + ": the worst valid statement",
                    policy + ": a demand that is not met",
                    policy + ": cleared by the verifier's own reading",
                    policy + ": every valid statement is green");
        }
    }
}
