package dev.hutong.mapping.policy;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Regions;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Policies for tests. */
final class TestPolicies {
    static final Bilingual TEXT = new Bilingual("示例", "an example");
    static final ClearingRange USUAL = new ClearingRange("34.0", "37.2");
    private static final Regions REGIONS = Regions.load();

    private TestPolicies() {}

    /** One that judges as the default does. */
    static Policy example() {
        return of("example", "2.1.0", List.of(), USUAL);
    }

    /** One that asks for this beyond a green. */
    static Policy demanding(Requirement... requirements) {
        return new Policy(
                new PolicyDocument("example", "2.1.0", TEXT, List.of(), USUAL, null), REGIONS, demands(requirements));
    }

    static Policy of(String name, String version, List<String> destinations, @Nullable ClearingRange clearedBy) {
        return new Policy(new PolicyDocument(name, version, TEXT, destinations, clearedBy, null), REGIONS);
    }

    private static List<Demand> demands(Requirement... requirements) {
        return IntStream.range(0, requirements.length)
                .mapToObj(i -> new Demand("d" + i, TEXT, TEXT, requirements[i]))
                .toList();
    }
}
