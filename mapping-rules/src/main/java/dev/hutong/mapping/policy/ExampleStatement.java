package dev.hutong.mapping.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A statement as a policy's examples write it: the issuer, and what is not as usual. */
public final class ExampleStatement {
    private static final Duration USUALLY_GOOD_FOR = Duration.ofHours(24);
    private static final Bilingual MEANING = new Bilingual("示例", "an example");

    /** An observation. */
    record Observation(
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) String value,
            @Nullable String at) {
        Evidence evidence() {
            return new Evidence(kind, value, at == null ? null : Instant.parse(at));
        }
    }

    private final IssuerName issuer;
    private @Nullable RegionCode region;

    @JsonProperty
    private Risk risk = Risk.UNKNOWN;

    @JsonProperty
    private @Nullable Reason reason;

    @JsonProperty
    private Set<Qualifier> qualifiers = Set.of();

    @JsonProperty
    private @Nullable String cause;

    @JsonProperty
    private @Nullable String validUntil;

    @JsonProperty
    private List<Observation> evidence = List.of();

    @JsonProperty
    private boolean evidenceOnly;

    ExampleStatement(@JsonProperty(value = "issuer", required = true) String issuer) {
        int point = issuer.indexOf('.');
        if (point < 0) {
            throw new IllegalArgumentException("issuer: a region, a point and a format, not «" + issuer + "»");
        }
        this.issuer =
                new IssuerName(new RegionCode(issuer.substring(0, point)), new FormatId(issuer.substring(point + 1)));
        this.region = this.issuer.region();
    }

    @JsonSetter
    void setRegion(@Nullable String code) {
        region = code == null ? null : new RegionCode(code);
    }

    /** The statement where it is judged at this instant. */
    Statement at(Instant now) {
        boolean unmapped = risk == Risk.UNKNOWN;
        Instant end = validUntil == null ? now.plus(USUALLY_GOOD_FOR) : Instant.parse(validUntil);
        return new Statement(
                issuer,
                region,
                null,
                null,
                risk,
                reason,
                Objects.requireNonNull(qualifiers),
                cause,
                null,
                unmapped ? null : end,
                evidence.stream().map(Observation::evidence).toList(),
                issuer.format() + "@1.0.0#example",
                MEANING,
                null,
                evidenceOnly);
    }
}
