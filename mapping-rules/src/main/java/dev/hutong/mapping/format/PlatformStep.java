package dev.hutong.mapping.format;

import dev.hutong.mapping.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request to an issuer's platform.
 *
 * @param path appended to the platform's base URL
 * @param request the JSON members sent; <code>{input}</code>, <code>{requestId}</code> and <code>{timestamp}</code> (milliseconds)
 *     stand for the values of this request. The input is the code in the first step, what the step before handed on in the others
 * @param requestForBytes the same where the input is bytes, which go as base64url
 * @param answer the signed answer
 * @param jsonText claims whose text is JSON itself
 * @param codes what the platform's own codes mean
 * @param requires claims that an answer must have unless its code refuses
 * @param next the claim handed on to the next step, or null in the last
 */
public record PlatformStep(
        String path,
        Map<String, String> request,
        Map<String, String> requestForBytes,
        TokenSchema answer,
        List<String> jsonText,
        Codes codes,
        List<String> requires,
        @Nullable String next) {

    /**
     * @param claim the claim that holds the platform's code; an answer without it has answered
     * @param answered the code that says so as well
     * @param askAgain codes after which the same is asked once more
     * @param refused codes with a reason of their own; any other is ISSUER_ERROR
     */
    public record Codes(String claim, long answered, Set<Long> askAgain, Map<Long, Reason> refused) {}

    static PlatformStep of(String where, FormatDocument.Step step) {
        FormatDocument.Codes codes = step.codes();
        TokenSchema answer =
                new TokenSchema(where + ".answer", step.answer()).requiring(where + ".answer", Envelope.EVERY_ANSWER);
        List<String> named = new ArrayList<>(step.requires());
        if (codes != null) {
            named.add(codes.claim());
        }
        if (step.next() != null) {
            named.add(step.next());
        }
        named.stream()
                .filter(claim -> !answer.scalars().containsKey(claim))
                .findFirst()
                .ifPresent(claim -> {
                    throw new InvalidPackageException(where + ": «" + claim + "» is not a claim of its answer");
                });
        if (codes != null && answer.scalars().get(codes.claim()) != ClaimKind.INTEGER) {
            throw new InvalidPackageException(
                    where + ".codes: «" + codes.claim() + "» must be a claim of type integer");
        }
        return new PlatformStep(
                step.path(),
                Map.copyOf(step.request()),
                step.requestForBytes() == null ? Map.of() : Map.copyOf(step.requestForBytes()),
                answer,
                step.jsonText() == null ? List.of() : List.copyOf(step.jsonText()),
                codes == null
                        ? new Codes("", 0, Set.of(), Map.of())
                        : new Codes(
                                codes.claim(),
                                codes.answered(),
                                codes.askAgain() == null ? Set.of() : Set.copyOf(codes.askAgain()),
                                Map.copyOf(codes.refused())),
                List.copyOf(step.requires()),
                step.next());
    }
}
