package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.jose.KeyFault;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Nonce;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.SignedDocument;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that no registry may hold, offered over HTTP by whoever holds the private half of what the offer was made of. */
class KeyAdmissionIT {
    private final PrivateJwk key = FoundedFolder.key(SignatureAlgorithm.ES256);
    private TestHub hub;
    private ProposalClient client;

    @BeforeEach
    void start(@TempDir Path data) {
        FoundedFolder registry = new FoundedFolder(data, InstantSource.system());
        hub = TestHub.start(TestHub.config(data), InstantSource.system());
        client = new ProposalClient(hub.verifier(), registry);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    static Stream<Arguments> offers() {
        return Stream.of(
                offer("a point off the curve", KeyFault.POINT_NOT_ON_CURVE, jwk -> jwk.set("y", jwk.get("x"))),
                offer("the private half", KeyFault.PRIVATE_MEMBER_PRESENT, jwk -> jwk.set("d", jwk.get("x"))),
                offer(
                        "a shorter coordinate",
                        KeyFault.MALFORMED_COORDINATE,
                        jwk -> jwk.put("x", withoutFirstOctet(jwk.get("x")))),
                offer(
                        "a longer coordinate",
                        KeyFault.MALFORMED_COORDINATE,
                        jwk -> jwk.put("y", "AAAA" + jwk.get("y").textValue())),
                offer("another curve's name", KeyFault.UNSUPPORTED_CURVE, jwk -> jwk.put("crv", "P-384")),
                offer(
                        "an algorithm of another kind of key",
                        KeyFault.ALGORITHM_MISMATCH,
                        jwk -> jwk.put("alg", "HS256")),
                offer(
                        "an SM2 key in the shape of P-256",
                        KeyFault.UNSUPPORTED_CURVE,
                        jwk -> jwk.put("kty", "SM2").put("alg", "SM2")));
    }

    private static Arguments offer(String name, KeyFault fault, Consumer<ObjectNode> change) {
        return Arguments.of(name, fault, change);
    }

    private static String withoutFirstOctet(JsonNode coordinate) {
        byte[] octets = Base64.getUrlDecoder().decode(coordinate.textValue());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(octets, 1, octets.length));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("offers")
    void whatIsNoGoodKeyIsRefusedByTheCheckThatItFails(String name, KeyFault fault, Consumer<ObjectNode> change) {
        Proposal proposal = new Proposal(
                FoundedFolder.ORIGIN,
                Nonce.parse(client.nonce()).orElseThrow(),
                Instant.now(),
                "because",
                FoundedFolder.registration(Codes.GUANGDONG, key));
        ObjectNode json = proposal.toJson();
        change.accept((ObjectNode) json.findValue("key"));

        Exchange refused =
                client.propose(SignedDocument.sign(json, Proposal.TYPE, List.of(key), FoundedFolder.PROVIDERS));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("detail").textValue()).contains("(" + fault + ")", fault.remedy());
        assertThat(hub.verifier().get("/v1/issuers").json().get("issuers")).isEmpty();
    }
}
