package dev.hutong.registry.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.CertificateThumbprint;
import dev.hutong.registry.ClientId;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.ClientTerms;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.jose.PublicJwk;
import java.util.Set;
import java.util.stream.Collectors;

/** Clients as JSON: the members that a signed registration and a development registry's entry have in common. */
public final class ClientJson {
    private static final String CERTIFICATE = "x5t#S256";
    private static final String ISSUER = "issuer";

    private ClientJson() {}

    /** Writes the members, always in the same order; what is none is left out. */
    public static void write(ClientId client, ClientTerms terms, PublicJwk key, ObjectNode json) {
        json.put("client", client.value()).put("name", terms.name());
        write("roles", terms.roles().stream().map(ClientRole::text).collect(Collectors.toSet()), json);
        write("regions", terms.regions(), json);
        write("maskedNameFor", terms.maskedNameFor(), json);
        terms.issuer().ifPresent(issuer -> json.put(ISSUER, issuer.value()));
        json.set("key", key.toJson());
        terms.certificate().ifPresent(thumbprint -> json.put(CERTIFICATE, thumbprint.value()));
    }

    private static void write(String member, Set<String> texts, ObjectNode json) {
        if (!texts.isEmpty()) {
            texts.stream().sorted().forEach(json.putArray(member)::add);
        }
    }

    /**
     * The registration in this object.
     *
     * @param ignored members that are not the registration's
     * @throws IllegalArgumentException with what is wrong, where it is none
     */
    public static Action.RegisterClient read(JsonNode json, Set<String> ignored) {
        JsonMembers members = JsonMembers.of(json, "the client");
        ignored.forEach(members::optional);
        Action.RegisterClient registration = read(members);
        members.noMore();
        return registration;
    }

    static Action.RegisterClient read(JsonMembers members) {
        return new Action.RegisterClient(id(members), terms(members), ActionJson.key(members.required("key")));
    }

    static ClientId id(JsonMembers members) {
        return members.text("client", ClientId::parse, "2 to 64 of a-z, 0-9, point and hyphen, such as gate-7.station");
    }

    private static ClientTerms terms(JsonMembers members) {
        return new ClientTerms(
                members.text("name"),
                members.texts("roles").stream()
                        .map(text -> ClientRole.of(text)
                                .orElseThrow(
                                        () -> members.fault("roles", "must be of verifier, issuer, operator, auditor")))
                        .collect(Collectors.toSet()),
                members.optionalTexts("regions"),
                members.optionalTexts("maskedNameFor"),
                members.optionalText(CERTIFICATE)
                        .map(text -> CertificateThumbprint.parse(text)
                                .orElseThrow(() -> members.fault(CERTIFICATE, "is not a SHA-256 in base64url"))),
                members.optionalText(ISSUER)
                        .map(text -> IssuerId.parse(text)
                                .orElseThrow(() -> members.fault(ISSUER, "is not an issuer such as 440100.citycode"))));
    }
}
