package dev.hutong.hub.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Which records are wanted. What is not given is not asked for; whoever asks for a verifier, an issuer or a risk wants decisions.
 *
 * @param from the earliest time
 * @param to the time before which
 * @param issuer whose codes, also among several
 */
public record RecordFilter(
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> verifier,
        Optional<String> issuer,
        Optional<String> risk) {

    boolean matches(JsonNode record) {
        return isWithin(record)
                && verifier.map(wanted -> wanted.equals(record.path("verifier").textValue()))
                        .orElse(true)
                && risk.map(wanted -> wanted.equals(record.path("risk").textValue()))
                        .orElse(true)
                && issuer.map(wanted -> isAbout(wanted, record)).orElse(true);
    }

    private boolean isWithin(JsonNode record) {
        try {
            Instant at = Instant.parse(record.path("at").asText());
            return from.map(earliest -> !at.isBefore(earliest)).orElse(true)
                    && to.map(at::isBefore).orElse(true);
        } catch (DateTimeException noTime) {
            return false;
        }
    }

    private static boolean isAbout(String issuer, JsonNode record) {
        if (issuer.equals(record.path("issuer").textValue())) {
            return true;
        }
        for (JsonNode code : record.path("codes")) {
            if (issuer.equals(code.path("issuer").textValue())) {
                return true;
            }
        }
        return false;
    }
}
