package dev.hutong.mapping;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a decision says to the person at the gate, in Chinese and English: texts from {@code texts/answers.yaml}. */
public final class Explanations {
    private record Texts(
            @JsonProperty(required = true) Map<Risk, Bilingual> risks,
            @JsonProperty(required = true) Map<Qualifier, Bilingual> qualifiers,
            @JsonProperty(required = true) Map<Reason, Bilingual> reasons,
            @JsonProperty(required = true) Map<Reason, Bilingual> remedies,
            @JsonProperty(required = true) Bilingual appeal) {}

    private final Texts texts;

    private Explanations(Texts texts) {
        this.texts = texts;
        requireAll("risks", Risk.values(), texts.risks.keySet());
        requireAll("qualifiers", Qualifier.values(), texts.qualifiers.keySet());
        requireAll("reasons", Reason.values(), texts.reasons.keySet());
        requireAll("remedies", Reason.values(), texts.remedies.keySet());
    }

    /** The texts that travel with this module. */
    public static Explanations bundled() {
        return Yaml.withBundled("/texts", folder -> {
            try {
                return new Explanations(Yaml.read(folder.resolve("answers.yaml"), Texts.class));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * The texts of such a file.
     *
     * @throws IOException where it is not of that shape
     */
    public static Explanations of(byte[] answers) throws IOException {
        return new Explanations(Yaml.read(answers, Texts.class));
    }

    /** Why the answer is UNKNOWN, and what the holder or the verifier can do next. */
    public Bilingual of(Reason reason) {
        return text(texts.reasons, reason);
    }

    /** What the holder or the verifier can do next where the answer is UNKNOWN and no rule says more. */
    public Bilingual remedyOf(Reason reason) {
        return text(texts.remedies, reason);
    }

    /** To whom a holder turns who holds a status for wrong, where the format package does not say. */
    public Bilingual appeal() {
        return texts.appeal;
    }

    /**
     * What a risk rests on.
     *
     * @param meanings what the statements that decided it say
     * @param qualifiers what accompanies it
     * @param unmet what the destination's policy asks for and did not get
     */
    public Bilingual of(
            Risk risk, Collection<Bilingual> meanings, Set<Qualifier> qualifiers, Collection<Bilingual> unmet) {
        Bilingual conclusion = text(texts.risks, risk);
        StringBuilder chinese = new StringBuilder(conclusion.chinese());
        StringBuilder english = new StringBuilder(conclusion.english());
        chinese.append(meanings.stream().distinct().map(Bilingual::chinese).collect(Collectors.joining("、", "：", "。")));
        english.append(
                meanings.stream().distinct().map(Bilingual::english).collect(Collectors.joining(", ", ": ", ".")));
        Stream.concat(qualifiers.stream().map(qualifier -> text(texts.qualifiers, qualifier)), unmet.stream())
                .forEach(text -> {
                    chinese.append(text.chinese()).append('。');
                    english.append(' ').append(text.english()).append('.');
                });
        return new Bilingual(chinese.toString(), english.toString());
    }

    private static <K> Bilingual text(Map<K, Bilingual> texts, K key) {
        Bilingual text = texts.get(key);
        if (text == null) {
            throw new IllegalStateException("no text for " + key);
        }
        return text;
    }

    private static <K> void requireAll(String where, K[] keys, Set<K> present) {
        if (!present.containsAll(Arrays.asList(keys))) {
            throw new IllegalStateException("texts/answers.yaml: " + where + " lacks a text");
        }
    }
}
