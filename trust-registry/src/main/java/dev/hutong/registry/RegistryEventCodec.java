package dev.hutong.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.RegistryEvent.Approved;
import dev.hutong.registry.RegistryEvent.ClientRegistered;
import dev.hutong.registry.RegistryEvent.Development;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.IssuerResumed;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.RegistryEvent.KeyRevoked;
import dev.hutong.registry.RegistryEvent.Proposed;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.StrictJson;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.ClientJson;
import dev.hutong.registry.proposal.Rfc3339;
import dev.hutong.registry.proposal.SignedDocument;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Events as canonical JSON: no white space, members in one order, absent members left out, times in RFC 3339 as
 * {@link Instant#toString} writes them. Each event has one text; decoding refuses every other.
 */
public final class RegistryEventCodec {
    private static final Set<String> AROUND_CLIENT = Set.of("type", "at", "origin");

    private RegistryEventCodec() {}

    /** The event's one text. */
    public static String encode(RegistryEvent event) {
        return switch (event) {
            case Founded founded -> encode(founded, founded.document());
            case Proposed proposed -> encode(proposed, proposed.document());
            case Approved approved -> encode(approved, approved.document());
            case ClientRegistered registered -> encode(registered);
            case Development.OfIssuer development -> encode(development);
        };
    }

    /** Without a tree in between, since every start encodes every entry to compare it. */
    private static String encode(RegistryEvent event, SignedDocument document) {
        return "{\"type\":\"" + typeOf(event) + "\",\"at\":\"" + event.at() + "\",\"document\":" + document + "}";
    }

    private static String encode(ClientRegistered event) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", typeOf(event))
                .put("at", event.at().toString());
        Action.RegisterClient registration = event.registration();
        ClientJson.write(registration.client(), registration.terms(), registration.key(), json);
        return json.put("origin", event.origin()).toString();
    }

    private static String encode(Development.OfIssuer event) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", typeOf(event))
                .put("at", event.at().toString())
                .put("issuer", event.issuer().value());
        switch (event) {
            case IssuerRegistered registered -> {
                json.put("name", registered.name());
                registered.platform().ifPresent(platform -> json.put("platform", platform.toString()));
            }
            case IssuerSuspended suspended -> json.put("reason", suspended.reason());
            case IssuerResumed _ -> {}
            case KeyActivated activated -> {
                json.set("key", activated.key().toJson());
                activated.notBefore().ifPresent(instant -> json.put("notBefore", instant.toString()));
                activated.signUntil().ifPresent(instant -> json.put("signUntil", instant.toString()));
                json.put("origin", activated.origin());
            }
            case KeyRevoked revoked -> {
                json.put("key", revoked.key().value());
                json.put("reason", revoked.reason().name());
                json.put("cutOff", revoked.cutOff().toString());
            }
        }
        return json.toString();
    }

    /**
     * The event that this text is.
     *
     * @throws IllegalArgumentException if it is none, or not in its canonical form
     */
    public static RegistryEvent decode(String leaf) {
        return SignedLeaf.is(leaf) ? signed(SignedLeaf.read(leaf)) : development(leaf);
    }

    private static RegistryEvent signed(SignedLeaf.Content content) {
        Instant at = instant(content.at());
        if (!at.toString().equals(content.at())) {
            throw new IllegalArgumentException("its time is not in its canonical form");
        }
        return switch (content.type()) {
            case "founded" -> Founded.of(at, content.document());
            case "proposed" -> Proposed.of(at, content.document());
            default -> Approved.of(at, content.document());
        };
    }

    private static Development development(String leaf) {
        JsonNode json = StrictJson.read(leaf.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalArgumentException("it is not strict JSON"));
        String type = text(json, "type");
        Development event = type.equals("client-registered")
                ? new ClientRegistered(instant(json, "at"), ClientJson.read(json, AROUND_CLIENT), text(json, "origin"))
                : development(type, instant(json, "at"), new IssuerId(text(json, "issuer")), json);
        // Catches unknown members, white space, another order and another writing of a time, all at once.
        if (!encode(event).equals(leaf)) {
            throw new IllegalArgumentException("it is not in its canonical form");
        }
        return event;
    }

    private static String typeOf(RegistryEvent event) {
        return switch (event) {
            case Founded _ -> "founded";
            case Proposed _ -> "proposed";
            case Approved _ -> "approved";
            case ClientRegistered _ -> "client-registered";
            case IssuerRegistered _ -> "issuer-registered";
            case IssuerSuspended _ -> "issuer-suspended";
            case IssuerResumed _ -> "issuer-resumed";
            case KeyActivated _ -> "key-activated";
            case KeyRevoked _ -> "key-revoked";
        };
    }

    private static Development.OfIssuer development(String type, Instant at, IssuerId issuer, JsonNode json) {
        return switch (type) {
            case "issuer-registered" ->
                new IssuerRegistered(
                        at,
                        issuer,
                        text(json, "name"),
                        optional(json, "platform").map(URI::create));
            case "issuer-suspended" -> new IssuerSuspended(at, issuer, text(json, "reason"));
            case "issuer-resumed" -> new IssuerResumed(at, issuer);
            case "key-activated" ->
                new KeyActivated(
                        at,
                        issuer,
                        key(json),
                        optional(json, "notBefore").map(RegistryEventCodec::instant),
                        optional(json, "signUntil").map(RegistryEventCodec::instant),
                        text(json, "origin"));
            case "key-revoked" ->
                new KeyRevoked(
                        at,
                        issuer,
                        new KeyId(text(json, "key")),
                        RevocationReason.valueOf(text(json, "reason")),
                        instant(json, "cutOff"));
            default -> throw new IllegalArgumentException("its type is not known");
        };
    }

    private static PublicJwk key(JsonNode json) {
        return switch (PublicJwk.parse(json.path("key"))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) -> key;
            case KeyAdmission.Refused<PublicJwk> refused ->
                throw new IllegalArgumentException("its key is refused: " + refused.detail());
        };
    }

    private static Instant instant(JsonNode json, String member) {
        return instant(text(json, member));
    }

    private static Instant instant(String text) {
        return Rfc3339.parse(text).orElseThrow(() -> new IllegalArgumentException("a time cannot be read"));
    }

    private static String text(JsonNode json, String member) {
        return optional(json, member)
                .orElseThrow(() -> new IllegalArgumentException("its member " + member + " is missing or no text"));
    }

    private static Optional<String> optional(JsonNode json, String member) {
        return Optional.ofNullable(json.path(member).textValue());
    }
}
