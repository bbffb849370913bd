package dev.hutong.conformance.province;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.conformance.jose.TokenFault;
import java.time.Duration;
import java.util.Locale;

/** The notation of {@link Behaviour} in data files. */
final class BehaviourReader {
    private BehaviourReader() {}

    static Behaviour read(JsonNode data) {
        if (data.isTextual()) {
            return word(data.textValue());
        }
        if (data.isObject() && data.size() == 1) {
            String name = data.fieldNames().next();
            return withArgument(name, data.path(name));
        }
        throw new IllegalArgumentException("a behaviour is a word or one member, not " + data);
    }

    private static Behaviour word(String word) {
        return switch (word) {
            case "honest" -> Behaviour.honest();
            case "reset" -> Behaviour.reset();
            case "trickle" -> Behaviour.trickle();
            case "oversized" -> Behaviour.oversized();
            case "plain-json" -> Behaviour.plainJson();
            case "signed-by-another-issuer" -> Behaviour.signedByAnotherIssuer();
            case "other-request-id" -> Behaviour.otherRequestId();
            case "other-input-hash" -> Behaviour.otherInputHash();
            case "malformed-record" -> Behaviour.malformedRecord();
            case "duplicate-member" -> Behaviour.duplicateMember();
            default -> throw new IllegalArgumentException("no such behaviour: " + word);
        };
    }

    private static Behaviour withArgument(String name, JsonNode argument) {
        return switch (name) {
            case "slow" -> Behaviour.slow(Duration.ofMillis(number(name, argument)));
            case "status" -> Behaviour.status(number(name, argument));
            case "refuses" -> Behaviour.refuses(number(name, argument));
            case "refuses-once" -> Behaviour.refusesOnce(number(name, argument));
            case "issued" -> Behaviour.issued(Duration.ofSeconds(number(name, argument)));
            case "expires" -> Behaviour.expires(Duration.ofSeconds(number(name, argument)));
            case "media-type" -> Behaviour.mediaType(argument.asText());
            case "without" -> Behaviour.without(argument.asText());
            case "token" ->
                Behaviour.faulty(
                        TokenFault.valueOf(argument.asText().replace('-', '_').toUpperCase(Locale.ROOT)));
            default -> throw new IllegalArgumentException("no such behaviour: " + name);
        };
    }

    private static int number(String name, JsonNode argument) {
        if (!argument.isInt()) {
            throw new IllegalArgumentException("behaviour " + name + " takes a whole number, not " + argument);
        }
        return argument.intValue();
    }
}
