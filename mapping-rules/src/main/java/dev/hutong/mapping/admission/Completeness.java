package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.format.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Enough examples, negative ones among them; every text in both languages; and for who is not green, what to do next. */
final class Completeness {
    static final int FEWEST_EXAMPLES = 8;
    static final int FEWEST_NEGATIVE = 3;

    private static final List<String> LANGUAGES = List.of("zh-CN", "en");
    private static final JsonPointer STATEMENTS = JsonPointer.compile("/statements");

    private Completeness() {}

    static List<Finding> findings(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        addExamples(subject, findings);
        addTexts(subject, JsonPointer.empty(), subject.document(), findings);
        addRemedies(subject, findings);
        return findings;
    }

    private static void addExamples(Subject subject, List<Finding> findings) {
        List<Examples.Mapping> examples = subject.examples().map();
        long negative = examples.stream().filter(Completeness::isNegative).count();
        if (examples.size() < FEWEST_EXAMPLES) {
            findings.add(
                    ofExamples(
                            subject,
                            examples.size() + " map examples; " + FEWEST_EXAMPLES + " are the fewest",
                            "Add some: each state, each end at the instant and a millisecond before, what is absent, what is wrong."));
        }
        if (negative < FEWEST_NEGATIVE) {
            findings.add(ofExamples(
                    subject,
                    negative + " map examples are refused or UNKNOWN; " + FEWEST_NEGATIVE + " are the fewest",
                    "Add some: a state that is in no table, a claim of another type, an end that has come."));
        }
    }

    private static boolean isNegative(Examples.Mapping example) {
        List<? extends JsonNode> statements = example.gives().statements();
        return statements == null
                || statements.stream()
                        .anyMatch(statement -> statement.path("risk").asText().equals(Risk.UNKNOWN.name())
                                || statement.path("reason").isTextual());
    }

    private static Finding ofExamples(Subject subject, String message, String remedy) {
        SourceFile file = subject.examplesSource();
        return new Finding(Check.COMPLETENESS, Finding.Severity.ERROR, file.name(), file.line("/map"), message, remedy);
    }

    /** A text that is there in one language has to be there in the other, and neither may be empty. */
    private static void addTexts(Subject subject, JsonPointer at, JsonNode node, List<Finding> findings) {
        boolean isText = LANGUAGES.stream().anyMatch(node::has);
        if (isText) {
            LANGUAGES.stream()
                    .filter(language -> node.path(language).asText().isBlank())
                    .forEach(language -> findings.add(subject.error(
                            Check.COMPLETENESS,
                            at,
                            "there is no text in " + language,
                            "Write it in 中文 (zh-CN) and in English (en).")));
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            addTexts(subject, at.appendProperty(member.getKey()), member.getValue(), findings);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                addTexts(subject, at.appendIndex(i), node.get(i), findings);
            }
        }
    }

    private static void addRemedies(Subject subject, List<Finding> findings) {
        JsonNode rules = subject.document().at(STATEMENTS).path("rules");
        for (int i = 0; i < rules.size(); i++) {
            if (!rules.get(i).path("risk").asText().equals(Risk.LOW.name())) {
                requireRemedy(subject, STATEMENTS.appendProperty("rules").appendIndex(i), findings);
            }
        }
        requireRemedy(subject, STATEMENTS.appendProperty("otherwise"), findings);
    }

    private static void requireRemedy(Subject subject, JsonPointer at, List<Finding> findings) {
        JsonNode rule = subject.document().at(at);
        if (!rule.has("remedy")) {
            findings.add(subject.error(
                    Check.COMPLETENESS,
                    at,
                    "«" + rule.path("id").asText() + "» does not say what the holder can do next",
                    "Add «remedy: { zh-CN: …, en: … }»."));
        }
    }
}
