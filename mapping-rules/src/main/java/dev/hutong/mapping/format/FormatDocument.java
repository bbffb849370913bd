package dev.hutong.mapping.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A format package as it is written in {@code format.yaml}. What each member means to a rule author stands in
 * {@code docs/format-packages.md}; this is its shape. Unknown members are refused.
 */
record FormatDocument(
        @JsonProperty(required = true) String format,
        @JsonProperty(required = true) String version,
        @JsonProperty(required = true) String region,
        @JsonProperty(required = true) Bilingual title,
        @Nullable Bilingual appeal,
        @Nullable String validFrom,
        @Nullable String validTo,
        @JsonProperty(required = true) List<Recognise> recognise,
        @JsonProperty(required = true) Open open,
        @JsonProperty(required = true) Statements statements) {

    /** One way to recognise a code; exactly one member is given. */
    record Recognise(
            @Nullable Text text,
            @Nullable Url url,
            @Nullable Bytes bytes) {}

    record Text(
            @JsonProperty(required = true) String prefix,
            @Nullable Integer hexDigits) {}

    record Url(
            @JsonProperty(required = true) List<String> hosts,
            @JsonProperty(required = true) String path,
            @JsonProperty(required = true) String parameter,
            @JsonProperty(required = true) String prefix,
            @JsonProperty(required = true) int hexDigits,
            @Nullable String fragment) {}

    record Bytes(
            @JsonProperty(required = true) String prefix,
            @JsonProperty(required = true) int shortest,
            @JsonProperty(required = true) int longest) {}

    /** How a recognised code is opened; exactly one member is given. */
    record Open(
            @JsonProperty("signed-text") @Nullable Token signedText,
            @Nullable List<Step> platform) {}

    /** A JWS and its payload. */
    record Token(
            @JsonProperty(required = true) String typ,
            @JsonProperty(required = true) Map<String, Claim> claims,
            @Nullable List<Check> malformed,
            @Nullable Set<String> algorithms) {}

    /** One request to the platform, and its signed answer. */
    record Step(
            @JsonProperty(required = true) String path,
            @JsonProperty(required = true) Map<String, String> request,
            @Nullable Map<String, String> requestForBytes,
            @JsonProperty(required = true) Token answer,
            @Nullable List<String> jsonText,
            @Nullable Codes codes,
            @JsonProperty(required = true) List<String> requires,
            @Nullable String next) {}

    /** What the platform's own codes mean; any other is ISSUER_ERROR. */
    record Codes(
            @JsonProperty(required = true) String claim,
            @JsonProperty(required = true) long answered,
            @Nullable List<Long> askAgain,
            @JsonProperty(required = true) Map<Long, Reason> refused) {}

    record Claim(
            @JsonProperty(required = true) ClaimKind type,
            boolean optional,
            boolean nullable,
            @Nullable List<String> oneOf,
            @Nullable Map<String, Claim> members,
            @Nullable String as,
            @Nullable Boolean absent) {
        @Override
        public List<String> oneOf() {
            return oneOf == null ? List.of() : oneOf;
        }

        @Override
        public Map<String, Claim> members() {
            return members == null ? Map.of() : members;
        }
    }

    /** A condition under which a token is refused. */
    record Check(
            @JsonProperty(required = true) String when,
            @JsonProperty(required = true) String why) {}

    record Statements(
            @Nullable Each each,
            @Nullable Map<String, Newest> newest,
            @JsonProperty(required = true) String state,
            @JsonProperty(required = true) String assertedAt,
            @Nullable String assertedBy,
            @Nullable List<Check> issuerError,
            @JsonProperty(required = true) List<Rule> rules,
            @JsonProperty(required = true) Otherwise otherwise,
            @Nullable List<Qualify> qualify,
            @Nullable Causes causes,
            @Nullable Map<String, Observation> evidence,
            @JsonProperty(required = true) List<End> validity) {
        public Statements {
            if (evidence != null) {
                evidence.forEach(Statements::requireUnderstood);
            }
        }

        /** An observation of another name, or a test result of another, would silently contradict no green. */
        private static void requireUnderstood(String kind, Observation observation) {
            boolean understood = switch (kind) {
                case Evidence.TEMPERATURE -> observation.table == null;
                case Evidence.PCR ->
                    observation.table != null && Evidence.PCR_RESULTS.containsAll(observation.table.values());
                default -> false;
            };
            if (!understood) {
                throw new IllegalArgumentException(
                        "evidence: «" + kind + "»: there is «temperature», without a table, and «pcr»,"
                                + " with a table into " + Evidence.PCR_RESULTS);
            }
        }
    }

    record Each(
            @JsonProperty(required = true) String list,
            @JsonProperty(required = true) Reason ifNone) {}

    record Newest(
            @JsonProperty(required = true) String list,
            @JsonProperty(required = true) List<String> by) {}

    record Rule(
            @JsonProperty(required = true) String id,
            @JsonProperty(required = true) String state,
            @Nullable String when,
            @JsonProperty(required = true) Risk risk,
            @Nullable List<Qualifier> qualifiers,
            @JsonProperty(required = true) Bilingual meaning,
            @Nullable Bilingual remedy) {}

    /** The mandatory end of every list of rules: what no rule maps is UNKNOWN. */
    record Otherwise(
            @JsonProperty(required = true) String id,
            @JsonProperty(required = true) Bilingual meaning,
            @Nullable Bilingual remedy) {}

    record Qualify(
            @JsonProperty(required = true) Qualifier add,
            @JsonProperty(required = true) String when) {}

    record Causes(
            @JsonProperty(required = true) String claim,
            @JsonProperty(required = true) Map<String, Cause> table) {}

    record Cause(
            @Nullable Qualifier add,
            @JsonProperty(required = true) Bilingual meaning,
            @Nullable Bilingual remedy) {}

    record Observation(
            @JsonProperty(required = true) String value,
            @Nullable String at,
            @Nullable Map<String, String> table) {}

    record End(
            @JsonProperty(required = true) String until,
            @JsonProperty(required = true) Reason reason,
            @Nullable String unless) {}
}
