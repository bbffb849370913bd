package dev.hutong.registry.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.RulesDigest;
import dev.hutong.registry.RulesVersion;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.AddClientKey;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.Federate;
import dev.hutong.registry.proposal.Action.PublishRules;
import dev.hutong.registry.proposal.Action.RegisterClient;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.RemoveClientKey;
import dev.hutong.registry.proposal.Action.RemoveOperator;
import dev.hutong.registry.proposal.Action.ResumeIssuer;
import dev.hutong.registry.proposal.Action.ResumeKey;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.Action.WithdrawClient;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Actions as JSON. Reading is strict, member by member, and throws {@link IllegalArgumentException} with what is wrong. */
final class ActionJson {
    private static final String TYPES =
            "register-issuer, suspend-issuer, resume-issuer, withdraw-issuer, delegate, federate, publish-rules, add-key,"
                    + " suspend-key, resume-key, revoke-key, register-client, add-client-key, remove-client-key,"
                    + " withdraw-client, add-operator, remove-operator";

    private static final Set<String> KEY_MEMBERS = Set.of("kty", "crv", "x", "y", "alg", "use", "kid", "sm2_id");

    private ActionJson() {}

    static Action read(JsonNode json) {
        JsonMembers members = JsonMembers.of(json, "the action");
        String type = members.text("type");
        Action action = switch (type) {
            case "register-issuer" ->
                new RegisterIssuer(
                        issuer(members),
                        members.text("name"),
                        members.optionalText("platform").map(text -> url(members, text)),
                        members.optionalText("parent").map(text -> issuer(members, "parent", text)),
                        Optional.of(offer(members)));
            case "suspend-issuer" -> new SuspendIssuer(issuer(members));
            case "resume-issuer" -> new ResumeIssuer(issuer(members));
            case "withdraw-issuer" -> new WithdrawIssuer(issuer(members));
            case "delegate" ->
                new Delegate(issuer(members), members.optional("delegation").map(ActionJson::delegation));
            case "federate" -> new Federate(issuer(members), members.optionalText("entityConfiguration"));
            case "publish-rules" -> new PublishRules(issuer(members), rules(members));
            case "add-key" -> new AddKey(issuer(members), offer(members));
            case "suspend-key" -> new SuspendKey(issuer(members), kid(members));
            case "resume-key" -> new ResumeKey(issuer(members), kid(members));
            case "revoke-key" ->
                new RevokeKey(
                        issuer(members),
                        kid(members),
                        constant(members, "cause", RevocationReason.class),
                        members.instant("cutOff"),
                        members.flag("breakGlass"));
            case "register-client" -> ClientJson.read(members);
            case "add-client-key" -> new AddClientKey(ClientJson.id(members), key(members.required("key")));
            case "remove-client-key" -> new RemoveClientKey(ClientJson.id(members), kid(members));
            case "withdraw-client" -> new WithdrawClient(ClientJson.id(members));
            case "add-operator" -> new AddOperator(members.text("name"), key(members.required("key")));
            case "remove-operator" -> new RemoveOperator(kid(members));
            default -> throw members.fault("type", "is none of " + TYPES);
        };
        members.noMore();
        return action;
    }

    static ObjectNode write(Action action) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", typeOf(action));
        if (action instanceof Action.OfIssuer ofIssuer) {
            json.put("issuer", ofIssuer.issuer().value());
        }
        switch (action) {
            case RegisterIssuer register -> {
                json.put("name", register.name());
                register.platform().ifPresent(url -> json.put("platform", url.toString()));
                register.parent().ifPresent(parent -> json.put("parent", parent.value()));
                register.key().ifPresent(offer -> write(offer, json));
            }
            case PublishRules publish -> write(publish.rules(), json);
            case AddKey add -> write(add.key(), json);
            case SuspendKey suspend -> json.put("kid", suspend.key().value());
            case ResumeKey resume -> json.put("kid", resume.key().value());
            case RevokeKey revoke ->
                json.put("kid", revoke.key().value())
                        .put("cause", textOf(revoke.cause()))
                        .put("cutOff", revoke.cutOff().toString())
                        .put("breakGlass", revoke.breakGlass());
            case Delegate delegate -> delegate.delegation().ifPresent(limits -> json.set("delegation", write(limits)));
            case Federate federate ->
                federate.entityConfiguration().ifPresent(text -> json.put("entityConfiguration", text));
            case RegisterClient register -> ClientJson.write(register.client(), register.terms(), register.key(), json);
            case AddClientKey add ->
                json.put("client", add.client().value()).set("key", add.key().toJson());
            case RemoveClientKey remove ->
                json.put("client", remove.client().value())
                        .put("kid", remove.key().value());
            case WithdrawClient withdraw -> json.put("client", withdraw.client().value());
            case AddOperator add ->
                json.put("name", add.name()).set("key", add.key().toJson());
            case RemoveOperator remove -> json.put("kid", remove.key().value());
            case SuspendIssuer _, ResumeIssuer _, WithdrawIssuer _ -> {}
        }
        return json;
    }

    static String typeOf(Action action) {
        return switch (action) {
            case RegisterIssuer _ -> "register-issuer";
            case SuspendIssuer _ -> "suspend-issuer";
            case ResumeIssuer _ -> "resume-issuer";
            case WithdrawIssuer _ -> "withdraw-issuer";
            case Delegate _ -> "delegate";
            case Federate _ -> "federate";
            case PublishRules _ -> "publish-rules";
            case AddKey _ -> "add-key";
            case SuspendKey _ -> "suspend-key";
            case ResumeKey _ -> "resume-key";
            case RevokeKey _ -> "revoke-key";
            case RegisterClient _ -> "register-client";
            case AddClientKey _ -> "add-client-key";
            case RemoveClientKey _ -> "remove-client-key";
            case WithdrawClient _ -> "withdraw-client";
            case AddOperator _ -> "add-operator";
            case RemoveOperator _ -> "remove-operator";
        };
    }

    /**
     * A key that is part of what people sign: what they cannot see the effect of is not among its members.
     *
     * @throws IllegalArgumentException if it has another member, or fails a check of its admission, with which, and what to do
     */
    static PublicJwk key(JsonNode json) {
        PublicJwk key = admitted(json);
        json.fieldNames().forEachRemaining(member -> {
            if (!KEY_MEMBERS.contains(member)) {
                throw new IllegalArgumentException("the key: " + member
                        + " is not one of its members: leave it out, and sign the text anew with kty, crv, x and y"
                        + " (and alg, use, kid, sm2_id) alone");
            }
        });
        return key;
    }

    /** @throws IllegalArgumentException if the key fails a check of its admission, with which, and what to do */
    static PublicJwk admitted(JsonNode json) {
        return switch (PublicJwk.parse(json)) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) -> key;
            case KeyAdmission.Refused<PublicJwk> refused ->
                throw new IllegalArgumentException(
                        "the key is refused (" + refused.fault() + "): " + refused.explanation());
        };
    }

    private static KeyOffer offer(JsonMembers members) {
        KeyOffer offer = new KeyOffer(
                key(members.required("key")),
                members.optionalInstant("notBefore"),
                members.optionalInstant("signUntil"),
                members.optionalInstant("verifyUntil"));
        if (!offer.isInOrder()) {
            throw members.fault(
                    "key", "must have notBefore before signUntil, and verifyUntil, if any, at or after a signUntil");
        }
        return offer;
    }

    private static void write(KeyOffer offer, ObjectNode json) {
        json.set("key", offer.jwk().toJson());
        offer.notBefore().ifPresent(instant -> json.put("notBefore", instant.toString()));
        offer.signUntil().ifPresent(instant -> json.put("signUntil", instant.toString()));
        offer.verifyUntil().ifPresent(instant -> json.put("verifyUntil", instant.toString()));
    }

    private static RulesOffer rules(JsonMembers members) {
        return new RulesOffer(
                members.text("version", RulesVersion::parse, "three whole numbers with points between, such as 1.0.0"),
                members.text("digest", RulesDigest::parse, "a SHA-256 in base64url"),
                members.instant("validFrom"),
                members.optionalInstant("validTo"),
                members.flag("emergency"));
    }

    private static void write(RulesOffer rules, ObjectNode json) {
        json.put("version", rules.version().value())
                .put("digest", rules.digest().value())
                .put("validFrom", rules.validFrom().toString());
        rules.validTo().ifPresent(instant -> json.put("validTo", instant.toString()));
        json.put("emergency", rules.emergency());
    }

    private static Delegation delegation(JsonNode json) {
        JsonMembers members = JsonMembers.of(json, "the delegation");
        Delegation delegation = new Delegation(
                members.text("regionPrefix"),
                members.texts("formats"),
                members.texts("algorithms").stream()
                        .map(text -> SignatureAlgorithm.of(text)
                                .orElseThrow(() -> members.fault("algorithms", "must be of ES256, EdDSA, SM2")))
                        .collect(Collectors.toSet()),
                members.integer("depth"),
                members.optionalInstant("until"));
        members.noMore();
        return delegation;
    }

    private static ObjectNode write(Delegation limits) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("regionPrefix", limits.regionPrefix());
        var formats = json.putArray("formats");
        limits.formats().stream().sorted().forEach(formats::add);
        var algorithms = json.putArray("algorithms");
        limits.algorithms().stream().sorted().map(SignatureAlgorithm::jose).forEach(algorithms::add);
        json.put("depth", limits.depth());
        limits.until().ifPresent(instant -> json.put("until", instant.toString()));
        return json;
    }

    private static IssuerId issuer(JsonMembers members) {
        return issuer(members, "issuer", members.text("issuer"));
    }

    private static IssuerId issuer(JsonMembers members, String member, String text) {
        return IssuerId.parse(text)
                .orElseThrow(() -> members.fault(member, "is not <six digits>.<format>, such as 440100.citycode"));
    }

    private static KeyId kid(JsonMembers members) {
        return members.text("kid", KeyId::parse, "an RFC 7638 SHA-256 thumbprint");
    }

    private static URI url(JsonMembers members, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw members.fault("platform", "is not a URL: " + malformed.getMessage());
        }
    }

    /** Enum constants travel in lower case, their words joined by hyphens. */
    private static String textOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E constant(JsonMembers members, String member, Class<E> type) {
        String text = members.text(member);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> textOf(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> members.fault(
                        member,
                        "is none of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(ActionJson::textOf)
                                        .collect(Collectors.joining(", "))));
    }
}
