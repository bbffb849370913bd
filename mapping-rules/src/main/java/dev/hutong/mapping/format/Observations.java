package dev.hutong.mapping.format;

import dev.hutong.mapping.Evidence;
import java.time.Instant;
import java.util.ArrayList;
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

    /**
     * One observation as the package describes it.
     *
     * @param counts which entries of its list are observations; null where all are
     * @param marked which of them are marked; null where none is
     */
    private record Observed(
            String kind,
            FormatDocument.Observation document,
            Expressions.@Nullable Condition counts,
            Expressions.@Nullable Condition marked) {

        /** The scenes to look at: the whole, or each entry of its list that counts. */
        List<Facts> scenes(Facts facts) {
            String list = document.list();
            if (list == null) {
                return List.of(facts);
            }
            List<Claims> entries = facts.entries(list);
            List<Facts> scenes = new ArrayList<>(entries.size());
            for (Claims entry : entries) {
                Facts scene = facts.of(entry);
                if (counts == null || counts.holds(scene)) {
                    scenes.add(scene);
                }
            }
            return scenes;
        }

        /** The value in the package's terms, or null where its table does not hold it. */
        @Nullable
        String value(Facts scene) {
            String text = scene.text(document.value());
            String value = document.table() == null ? text : document.table().get(text);
            return marked != null && marked.holds(scene) ? value + Evidence.MARK : value;
        }

        @Nullable
        Instant at(Facts scene) {
            return document.at() == null ? null : scene.time(document.at());
        }
    }

    private final List<Observed> observed;

    Observations(@Nullable Map<String, FormatDocument.Observation> documents, Expressions expressions) {
        this.observed = documents == null
                ? List.of()
                : documents.entrySet().stream()
                        .map(named -> observed(named.getKey(), named.getValue(), expressions))
                        .toList();
    }

    private static Observed observed(String kind, FormatDocument.Observation document, Expressions expressions) {
        String where = "statements.evidence." + kind;
        return new Observed(
                kind,
                document,
                document.when() == null ? null : expressions.condition(where + ".when", document.when()),
                document.mark() == null ? null : expressions.condition(where + ".mark", document.mark()));
    }

    Found in(Facts facts) {
        List<Evidence> evidence = new ArrayList<>(observed.size());
        boolean allInTable = true;
        for (Observed one : observed) {
            for (Facts scene : one.scenes(facts)) {
                if (scene.has(one.document.value())) {
                    String value = one.value(scene);
                    if (value == null) {
                        allInTable = false;
                    } else {
                        evidence.add(new Evidence(one.kind, value, one.at(scene)));
                    }
                }
            }
        }
        return new Found(evidence, allInTable);
    }
}
