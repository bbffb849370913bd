package dev.hutong.hub.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a statement as it stands in a decision. Its words do not stand there, and take no part in judging. */
final class RecordedStatement {
    private static final Bilingual NO_WORDS = new Bilingual("", "");

    private RecordedStatement() {}

    /** @throws IllegalArgumentException where it is not of that shape */
    static Statement read(JsonNode json) {
        String reason = json.path("reason").textValue();
        String region = json.path("region").textValue();
        return new Statement(
                issuer(json.path("issuer").asText()),
                region == null ? null : new RegionCode(region),
                json.path("assertedBy").textValue(),
                json.path("native").textValue(),
                Risk.valueOf(json.path(json.has("assertedRisk") ? "assertedRisk" : "risk")
                        .asText()),
                reason == null ? null : Reason.valueOf(reason),
                qualifiers(json.path("qualifiers")),
                json.path("cause").textValue(),
                time(json.path("assertedAt")),
                time(json.path("validUntil")),
                evidence(json.path("evidence")),
                json.path("rule").asText(),
                NO_WORDS,
                null,
                json.path("evidenceOnly").booleanValue());
    }

    private static IssuerName issuer(String id) {
        String[] parts = id.split("\\.", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("«" + id + "» is no issuer");
        }
        return new IssuerName(new RegionCode(parts[0]), new FormatId(parts[1]));
    }

    private static Set<Qualifier> qualifiers(JsonNode list) {
        EnumSet<Qualifier> qualifiers = EnumSet.noneOf(Qualifier.class);
        list.forEach(name -> qualifiers.add(Qualifier.valueOf(name.asText())));
        return qualifiers;
    }

    private static List<Evidence> evidence(JsonNode list) {
        List<Evidence> evidence = new ArrayList<>();
        list.forEach(one -> evidence.add(
                new Evidence(one.path("kind").asText(), one.path("value").asText(), time(one.path("at")))));
        return evidence;
    }

    private static @Nullable Instant time(JsonNode json) {
        return Optional.ofNullable(json.textValue()).map(Instant::parse).orElse(null);
    }
}
