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
        @Nullable List<String> holder,
        @Nullable String maskedName,
        @Nullable String validFrom,
        @Nullable String validTo,
        @JsonProperty(required = true) List<Recognise> recognise,
        @JsonProperty(required = true) Open open,
        @JsonProperty(required = true) Statements statements,
        @Nullable List<Invariant> invariants,
        @Nullable WriteDocument write) {

    /** One way to recognise a code; exactly one member is given. */
    record Recognise(
            @Nullable Text text,
            @Nullable Url url,
            @Nullable Bytes bytes) {}

    record Text(
            @JsonProperty(required = true) String prefix,
            @Nullable Integer hexDigits,
            @Nullable Integer digits,
            @Nullable String digitsBegin,
            @Nullable String ending) {}

    record Url(
            @JsonProperty(required = true) List<String> hosts,
            @JsonProperty(required = true) String path,
            @JsonProperty(required = true) String parameter,
            @JsonProperty(required = true) String prefix,
            @JsonProperty(required = true) int hexDigits,
            @Nullable Integer digits,
            @Nullable String digitsBegin,
            @Nullable String fragment) {}

    record Bytes(
            @JsonProperty(required = true) String prefix,
            @JsonProperty(required = true) int shortest,
            @JsonProperty(required = true) int longest) {}

    /** How a recognised code is opened: a signed text, a platform, or packed bytes and a platform. */
    record Open(
            @JsonProperty("signed-text") @Nullable Token signedText,
            @Nullable Packed packed,
            @Nullable List<Step> platform) {}

    /** Signed bytes of a fixed layout, as base64url behind the number of bytes. */
    record Packed(
            @JsonProperty(required = true) int lengthDigits,
            @JsonProperty(required = true) List<Field> fields,
            @JsonProperty(required = true) Signed signed,
            @JsonProperty(required = true) String expires,
            @JsonProperty(required = true) String input) {}

    record Field(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) int length,
            @JsonProperty(required = true) PackedLayout.Kind type) {}

    /** What is signed, {@code from} a field {@code to} a field, and by which of the issuer's keys. */
    record Signed(
            @JsonProperty(required = true) String algorithm,
            @JsonProperty(required = true) String signature,
            @JsonProperty(required = true) String from,
            @JsonProperty(required = true) String to,
            @JsonProperty(required = true) String key,
            @JsonProperty(required = true) int firstKey) {}

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
            @Nullable Boolean absent,
            @Nullable Integer longest,
            @Nullable String unused) {
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
            boolean evidenceOnly,
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
                case Evidence.TEMPERATURE -> observation.table == null && !observation.isOfEntries();
                case Evidence.PCR ->
                    observation.table != null
                            && Evidence.PCR_RESULTS.containsAll(observation.table.values())
                            && !observation.isOfEntries();
                case Evidence.ITINERARY -> observation.table == null && observation.list != null;
                default -> false;
            };
            if (!understood) {
                throw new IllegalArgumentException(
                        "evidence: «" + kind + "»: there is «temperature», without a table, «pcr», with a table into "
                                + Evidence.PCR_RESULTS + ", and «itinerary», with a list and no table");
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
            @Nullable Reason reason,
            @Nullable Boolean converts,
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
            @Nullable Map<String, String> table,
            @Nullable String list,
            @Nullable String when,
            @Nullable String mark) {
        /** Whether it is one observation for each entry of a list, or says anything that only such a one may. */
        boolean isOfEntries() {
            return list != null || when != null || mark != null;
        }
    }

    /** What must hold of every statement, whatever was signed. */
    record Invariant(
            @JsonProperty(required = true) String id,
            @JsonProperty(required = true) String holds,
            @JsonProperty(required = true) String why) {}

    record End(
            @JsonProperty(required = true) String until,
            @JsonProperty(required = true) Reason reason,
            @Nullable String unless) {}
}
