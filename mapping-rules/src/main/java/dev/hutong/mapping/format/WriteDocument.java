package dev.hutong.mapping.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Risk;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A package's {@code write}: how a status of others is said in this format. Where the state, the times, the cause and the evidence stand is
 * told by {@code statements} already, and read backwards.
 */
record WriteDocument(
        @Nullable Vocabularies vocabularies,
        @JsonProperty(required = true) String lives,
        boolean asOfDecision,
        @Nullable Map<String, String> claims,
        @JsonProperty(required = true) List<State> states,
        @Nullable List<Qualified> qualifiers) {

    @Override
    public Map<String, String> claims() {
        return claims == null ? Map.of() : claims;
    }

    @Override
    public List<Qualified> qualifiers() {
        return qualifiers == null ? List.of() : qualifiers;
    }

    /** The claim that selects a vocabulary, and which there are. */
    record Vocabularies(
            @JsonProperty(required = true) String claim,
            @JsonProperty(required = true) List<Long> newestFirst) {}

    /** A native state, the risk and the qualifiers that it says by itself, and in which vocabularies there is such. */
    record State(
            @JsonProperty(required = true) String state,
            @JsonProperty(required = true) Risk risk,
            @Nullable List<Qualifier> qualifiers,
            @Nullable List<Long> vocabularies) {
        @Override
        public List<Qualifier> qualifiers() {
            return qualifiers == null ? List.of() : qualifiers;
        }
    }

    /** The claims that say a qualifier, beside which states. */
    record Qualified(
            @JsonProperty(required = true) Qualifier say,
            @Nullable List<String> states,
            @JsonProperty(required = true) Map<String, String> claims) {}
}
