package dev.hutong.mapping.format;

import dev.hutong.mapping.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A package's {@code evidence}: the observations that its claims carry. */
final class Observations {
    /**
     * What was found.
     *
     * @param evidence the observations
     * @param allInTable false where one has a value that its table does not hold
     */
    record Found(List<Evidence> evidence, boolean allInTable) {}

    private final Map<String, FormatDocument.Observation> kindToObservation;

    Observations(@Nullable Map<String, FormatDocument.Observation> documents) {
        this.kindToObservation = documents == null ? Map.of() : new LinkedHashMap<>(documents);
    }

    Found in(Facts facts) {
        List<Evidence> evidence = new ArrayList<>(kindToObservation.size());
        boolean allInTable = true;
        for (Map.Entry<String, FormatDocument.Observation> entry : kindToObservation.entrySet()) {
            FormatDocument.Observation observation = entry.getValue();
            if (facts.has(observation.value())) {
                String value = inTable(facts.text(observation.value()), observation.table());
                if (value == null) {
                    allInTable = false;
                } else {
                    evidence.add(new Evidence(
                            entry.getKey(), value, observation.at() == null ? null : facts.time(observation.at())));
                }
            }
        }
        return new Found(evidence, allInTable);
    }

    private static @Nullable String inTable(String value, @Nullable Map<String, String> table) {
        return table == null ? value : table.get(value);
    }
}
