package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.hutong.registry.ClientId;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.ClientTerms;
import dev.hutong.registry.RegistryEvent.ClientRegistered;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.proposal.Action.RegisterClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A client with a key of its own, which signs with another library than the hub verifies with. */
public final class OAuthClient {
    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    final String id;
    final ECKey key;
    private final ClientTerms terms;

    private OAuthClient(String id, ClientTerms terms) {
        this.id = id;
        this.terms = terms;
        try {
            this.key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static OAuthClient of(String id, ClientRole... roles) {
        return of(id, new ClientTerms("client " + id, Set.of(roles), Set.of(), Set.of(), Optional.empty()));
    }

    static OAuthClient of(String id, ClientTerms terms) {
        return new OAuthClient(id, terms);
    }

    RegisterClient registration() {
        return new RegisterClient(
                new ClientId(id), terms, TestHub.publicKey(key.toPublicJWK().toJSONString()));
    }

    /** What lets a development hub know it. */
    public ClientRegistered registered(Instant at) {
        return new ClientRegistered(at, registration(), KeyActivated.LOCAL_DEVELOPMENT);
    }

    /** The claims of an assertion for this hub, good for a minute. */
    JWTClaimsSet.Builder claims(TestHub hub, InstantSource clock) {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(id)
                .subject(id)
                .audience(hub.hub().url().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .jwtID(UUID.randomUUID().toString());
    }

    String sign(JWTClaimsSet claims) {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
    }

    String sign(JWSHeader header, JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The parameters of a good request. */
    static Map<String, String> request(String assertion) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("grant_type", "client_credentials");
        request.put("client_assertion_type", ASSERTION_TYPE);
        request.put("client_assertion", assertion);
        return request;
    }

    static Exchange ask(TestHub hub, Map<String, String> parameters) {
        return ask(hub, form(parameters), Map.of());
    }

    static Exchange ask(TestHub hub, String form, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("Content-Type", "application/x-www-form-urlencoded"));
        all.putAll(headers);
        return hub.verifier().send("POST", "/oauth2/token", form.getBytes(StandardCharsets.UTF_8), all);
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** A token for all its roles. */
    public String token(TestHub hub, InstantSource clock) {
        Exchange answer = ask(hub, request(sign(claims(hub, clock).build())));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("access_token").textValue();
    }

    static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }
}
