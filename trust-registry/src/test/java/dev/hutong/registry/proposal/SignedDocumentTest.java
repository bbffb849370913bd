package dev.hutong.registry.proposal;

import static dev.hutong.registry.proposal.Documents.ED25519;
import static dev.hutong.registry.proposal.Documents.P256;
import static dev.hutong.registry.proposal.Documents.PROVIDERS;
import static dev.hutong.registry.proposal.Documents.approval;
import static dev.hutong.registry.proposal.Documents.around;
import static dev.hutong.registry.proposal.Documents.genesis;
import static dev.hutong.registry.proposal.Documents.json;
import static dev.hutong.registry.proposal.Documents.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObjectJSON;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.StrictBase64Url;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedDocumentTest {
    @Test
    void aDocumentComesBackWithItsNameAndItsSignatures() {
        SignedDocument document = signed(genesis());
        SignedDocument read = SignedDocument.of(Keys.utf8(document.toString()));
        assertThat(read).isEqualTo(document).hasSameHashCodeAs(document).hasToString(document.toString());
        assertThat(read.id()).isEqualTo(document.id()).hasSize(43);
        assertThat(read.content()).hasToString(genesis().toJson().toString());
        assertThat(Genesis.of(read)).isEqualTo(genesis());
        for (SignedDocument.Signature signature : read.signatures()) {
            PrivateJwk key = signature.kid().equals(P256.publicJwk().kid()) ? P256 : Documents.SM2;
            assertThat(PROVIDERS.verifier(key.publicJwk()).verify(read.signingInput(signature), signature.value()))
                    .isTrue();
        }
    }

    @Test
    void itsNameIsThatOfItsTextWhoeverSigned() {
        SignedDocument document = signed(approval());
        SignedDocument more = document.alsoSignedBy(ED25519, PROVIDERS);
        assertThat(more.id()).isEqualTo(document.id());
        assertThat(more).isNotEqualTo(document);
        assertThat(more.signatures()).extracting(SignedDocument.Signature::typ).containsOnly(Approval.TYPE);
        assertThat(more.signatures()).hasSize(2);
        assertThat(signed(new Approval("other", "an id", Documents.NOW)).id()).isNotEqualTo(document.id());
    }

    @Test
    void anotherLibraryReadsAndVerifiesIt() throws Exception {
        JWSObjectJSON theirs = JWSObjectJSON.parse(signed(approval()).toString());
        ECKey key = ECKey.parse(P256.publicJwk().toJson().toString());
        assertThat(theirs.getSignatures()).hasSize(1);
        assertThat(theirs.getSignatures().getFirst().verify(new ECDSAVerifier(key)))
                .isTrue();
    }

    @Test
    void upToSixteenKeysSignAndNoneTwice() {
        List<PrivateJwk> keys = IntStream.range(0, 17)
                .mapToObj(i -> Keys.generated(SignatureAlgorithm.EDDSA, 950 + i))
                .toList();
        assertThat(read(by(keys.subList(0, 16))).signatures()).hasSize(16);
        assertFault(by(keys), "there must be 1 to 16 signatures");
        assertFault(by(List.of()), "there must be 1 to 16 signatures");
        assertFault(by(List.of(P256, ED25519, P256)), "key " + P256.publicJwk().kid() + " signed twice");
    }

    private static ObjectNode by(List<PrivateJwk> keys) {
        return SignedDocument.sign(approval().toJson(), Approval.TYPE, keys, PROVIDERS)
                .toJson();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "AAAAA", "e3 0", "e30=", "e3+0", "AB"})
    void everyPartIsStrictBase64Url(String text) {
        assertFault(valid().put("payload", text), "payload is not strict base64url");
        assertFault(withSignature("signature", text), "signature is not strict base64url");
        assertFault(withSignature("protected", text), "protected is not strict base64url");
    }

    @Test
    void aDocumentHasItsMembersAndNoOthers() {
        assertFault(valid().put("header", "x"), "the document: header is not one of its members");
        assertFault((ObjectNode) valid().without("payload"), "the document: payload is missing");
        assertFault((ObjectNode) valid().without("signatures"), "the document: signatures is missing");
        assertFault(valid().put("signatures", "x"), "the document: signatures is not an array");
        assertFault(json("{'payload':'e30','signatures':[1]}"), "a signature is not a JSON object");
        ObjectNode unprotected = valid();
        first(unprotected).putObject("header").put("kid", "x");
        assertFault(unprotected, "a signature: header is not one of its members");
        ObjectNode flattened = valid();
        first(flattened).remove("protected");
        assertFault(flattened, "a signature: protected is missing");
    }

    @Test
    void aProtectedHeaderHasThreeMembersAndNoOthers() {
        assertFault(withHeader("[]"), "a protected header is not a JSON object");
        assertFault(withHeader("{"), "a protected header is not strict JSON");
        assertFault(withHeader("{'alg':'ES256','alg':'none','kid':'k','typ':'t'}"), "a protected header is not strict");
        for (String missing : List.of("alg", "kid", "typ")) {
            ObjectNode header = json("{'alg':'ES256','kid':'k','typ':'t'}");
            header.remove(missing);
            assertFault(withHeader(header.toString()), "a protected header: " + missing + " is missing");
        }
        for (String more : List.of("crit", "b64", "jwk", "jku", "x5u", "x5c", "zip", "iat", "cty")) {
            assertFault(
                    withHeader("{'alg':'ES256','kid':'k','typ':'t','" + more + "':[]}"),
                    "a protected header: " + more + " is not one of its members");
        }
        assertFault(withHeader("{'alg':['ES256'],'kid':'k','typ':'t'}"), "a protected header: alg is not a text");
    }

    @Test
    void octetsThatAreNoJsonAreNoDocument() {
        for (String text : List.of("", "{", "\u0000", "{\"payload\":\"\",\"payload\":\"\"}", "\ufeff{}")) {
            assertThatThrownBy(() -> SignedDocument.of(Keys.utf8(text)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the document is not strict JSON");
        }
    }

    @Test
    void anApprovalHasOneSignatureAndItsThreeMembers() {
        assertThat(Approval.of(signed(approval()))).isEqualTo(approval());
        assertThatThrownBy(() -> Approval.of(signed(approval()).alsoSignedBy(ED25519, PROVIDERS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one signature");
        for (String member : List.of("aud", "proposal", "iat")) {
            assertThatThrownBy(() -> Approval.of(around(approval().toJson().without(member))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the approval: " + member + " is missing");
        }
        assertThatThrownBy(() -> Approval.of(around(approval().toJson().put("x", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the approval: x is not one of its members");
    }

    @Test
    void whatIsWrongWithAGenesisIsNamed() {
        for (String member : List.of("origin", "logKey", "operators", "rules", "iat")) {
            assertGenesisFault(
                    (ObjectNode) genesis().toJson().without(member), "the genesis: " + member + " is missing");
        }
        assertGenesisFault(genesis().toJson().put("x", 1), "the genesis: x is not one of its members");
        assertGenesisFault(
                genesis().toJson().set("logKey", P256.publicJwk().toJson()), "logKey must be an Ed25519 key");
        assertGenesisFault(genesis().toJson().set("logKey", ED25519.toJson()), "PRIVATE_MEMBER_PRESENT");
        ObjectNode operator = genesis().toJson();
        ((ObjectNode) operator.get("operators").get(0)).put("x", 1);
        assertGenesisFault(operator, "an operator: x is not one of its members");
        for (String rule : List.of("visibleFor", "openFor", "confirmWithin")) {
            for (String wrong : List.of("-PT1S", "PT8785H", "PT2562047788015215H", "two days", "")) {
                ObjectNode rules = genesis().toJson();
                ((ObjectNode) rules.get("rules")).put(rule, wrong);
                assertGenesisFault(rules, "the rules: ");
            }
        }
        ObjectNode more = genesis().toJson();
        ((ObjectNode) more.get("rules")).put("x", "PT1S");
        assertGenesisFault(more, "the rules: x is not one of its members");
    }

    private static void assertGenesisFault(ObjectNode json, String fault) {
        assertThatThrownBy(() -> Genesis.of(around(json)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault);
    }

    private static SignedDocument read(ObjectNode json) {
        return SignedDocument.of(Keys.utf8(json.toString()));
    }

    private static void assertFault(ObjectNode json, String fault) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault);
    }

    private static ObjectNode valid() {
        return signed(approval()).toJson();
    }

    private static ObjectNode first(ObjectNode document) {
        return (ObjectNode) ((ArrayNode) document.get("signatures")).get(0);
    }

    private static ObjectNode withSignature(String member, String text) {
        ObjectNode document = valid();
        first(document).put(member, text);
        return document;
    }

    private static ObjectNode withHeader(String header) {
        return withSignature("protected", StrictBase64Url.encode(Keys.utf8(header.replace('\'', '"'))));
    }
}
