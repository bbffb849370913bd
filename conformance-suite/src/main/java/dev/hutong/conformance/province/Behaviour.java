package dev.hutong.conformance.province;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hutong.conformance.jose.TokenFault;
import java.time.Duration;
import java.util.UUID;

/**
 * How a virtual platform behaves for one code at one step. Faults come in three kinds, by where they happen: in what is {@linkplain Said said}, in how it is {@linkplain Signed signed},
 * in how it is {@linkplain Sent sent}. Everything that a behaviour does not name is honest.
 */
public sealed interface Behaviour permits Behaviour.Honest, Behaviour.Said, Behaviour.Signed, Behaviour.Sent {
    /** As the contract has it. */
    record Honest() implements Behaviour {}

    /** A fault in the claims; signed and sent properly. */
    sealed interface Said extends Behaviour
            permits Claim, Without, Times, Refuses, RefusesOnce, MalformedRecord, Padded {}

    /** A fault in the signature. */
    sealed interface Signed extends Behaviour permits Faulty, PlainJson, ByAnotherIssuer {}

    /** A fault on the wire. */
    sealed interface Sent extends Behaviour permits Slow, Reset, Trickle, Status, MediaType {}

    /** A member of the answer has another value, or there is one too many. */
    record Claim(String name, JsonNode value) implements Said {}

    /** A member of the answer is missing. */
    record Without(String name) implements Said {}

    /** {@code iat} and {@code exp} stand this far from the platform's clock; negative is in the past. */
    record Times(Duration issued, Duration expires) implements Said {}

    /** Answers with the platform's own refusal code. */
    record Refuses(int code) implements Said {}

    /** Answers the first request for the code with a refusal, every later one honestly. */
    record RefusesOnce(int code) implements Said {}

    /** The person's record is no record: text that is cut off, or a text where an object belongs. */
    record MalformedRecord() implements Said {}

    /** An ignored member of so many characters; 65,536 and more make the answer larger than a hub reads. */
    record Padded(int characters) implements Said {}

    /** The token has a fault of {@link TokenFault}. */
    record Faulty(TokenFault fault) implements Signed {}

    /** The claims as plain JSON, under the media type of a signed answer. */
    record PlainJson() implements Signed {}

    /** Signed by a key that is registered, for another issuer. */
    record ByAnotherIssuer() implements Signed {}

    /** An honest answer, late. */
    record Slow(Duration delay) implements Sent {}

    /** The connection is reset in place of an answer. */
    record Reset() implements Sent {}

    /** Headers at once, then a byte every 50 ms: there is always something coming, and it is complete only after half a minute. */
    record Trickle() implements Sent {}

    /** Another HTTP status, with an honest body; a redirect leads back to the platform itself. */
    record Status(int code) implements Sent {}

    /** An honest body under another {@code Content-Type}. */
    record MediaType(String name) implements Sent {}

    static Behaviour honest() {
        return new Honest();
    }

    static Behaviour slow(Duration delay) {
        return new Slow(delay);
    }

    static Behaviour reset() {
        return new Reset();
    }

    static Behaviour trickle() {
        return new Trickle();
    }

    static Behaviour status(int code) {
        return new Status(code);
    }

    static Behaviour mediaType(String name) {
        return new MediaType(name);
    }

    /** A well-formed, well-signed answer of more than 64 KiB. */
    static Behaviour oversized() {
        return new Padded(65_536);
    }

    static Behaviour plainJson() {
        return new PlainJson();
    }

    static Behaviour faulty(TokenFault fault) {
        return new Faulty(fault);
    }

    static Behaviour signedByAnotherIssuer() {
        return new ByAnotherIssuer();
    }

    /** An answer to another request: a fresh {@code requestId}. */
    static Behaviour otherRequestId() {
        return new Claim("requestId", TextNode.valueOf(UUID.randomUUID().toString()));
    }

    /** An answer about another input: the hash of nothing. */
    static Behaviour otherInputHash() {
        return new Claim("inputHash", TextNode.valueOf("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"));
    }

    static Behaviour claim(String name, JsonNode value) {
        return new Claim(name, value);
    }

    static Behaviour without(String name) {
        return new Without(name);
    }

    /** {@code iat} this far from the platform's clock, {@code exp} a minute after the clock. */
    static Behaviour issued(Duration fromNow) {
        return new Times(fromNow, Duration.ofMinutes(1));
    }

    /** {@code exp} this far from the platform's clock; zero is over already, since every end is exclusive. */
    static Behaviour expires(Duration fromNow) {
        return new Times(Duration.ofSeconds(-30), fromNow);
    }

    static Behaviour duplicateMember() {
        return new Faulty(TokenFault.DUPLICATE_MEMBER);
    }

    static Behaviour refuses(int code) {
        return new Refuses(code);
    }

    static Behaviour refusesOnce(int code) {
        return new RefusesOnce(code);
    }

    static Behaviour malformedRecord() {
        return new MalformedRecord();
    }

    /**
     * Reads a behaviour from a data file: a bare word ({@code honest}, {@code reset}, {@code trickle}, {@code oversized}, {@code plain-json}, {@code signed-by-another-issuer}, {@code
     * other-request-id}, {@code other-input-hash}, {@code malformed-record}, {@code duplicate-member}), or one member of {@code slow} (milliseconds), {@code status}, {@code media-type}, {@code
     * refuses}, {@code refuses-once}, {@code without}, {@code issued} and {@code expires} (seconds from now), {@code token} (a {@link TokenFault} in kebab case).
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static Behaviour read(JsonNode data) {
        return BehaviourReader.read(data);
    }
}
