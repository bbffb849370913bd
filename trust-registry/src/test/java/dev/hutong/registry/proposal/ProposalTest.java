package dev.hutong.registry.proposal;

import static dev.hutong.registry.proposal.Documents.CHILD;
import static dev.hutong.registry.proposal.Documents.KID;
import static dev.hutong.registry.proposal.Documents.NOW;
import static dev.hutong.registry.proposal.Documents.P256;
import static dev.hutong.registry.proposal.Documents.around;
import static dev.hutong.registry.proposal.Documents.json;
import static dev.hutong.registry.proposal.Documents.proposal;
import static dev.hutong.registry.proposal.Documents.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProposalTest {
    static List<Action> actions() {
        return Documents.actions();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void everyActionComesBackAndHasOneText(Action action) {
        Proposal read = Proposal.of(signed(proposal(action)));
        assertThat(read).isEqualTo(proposal(action));
        assertThat(read.toJson()).hasToString(proposal(action).toJson().toString());
    }

    @Test
    void theTextOfAnActionNeverChanges() {
        assertThat(actions().stream().map(action -> ActionJson.write(action).toString()))
                .contains(
                        "{\"type\":\"suspend-issuer\",\"issuer\":\"440000.yuekangma\"}",
                        "{\"type\":\"delegate\",\"issuer\":\"440000.yuekangma\",\"delegation\":{\"regionPrefix\":\"440100\",\"formats\":[\"a\",\"b\",\"c-9\"],"
                                + "\"algorithms\":[\"ES256\",\"EdDSA\",\"SM2\"],\"depth\":3,\"until\":\"2026-01-05T08:00:00Z\"}}",
                        "{\"type\":\"revoke-key\",\"issuer\":\"440000.yuekangma\",\"kid\":\"" + KID
                                + "\",\"cause\":\"compromised\",\"cutOff\":\"2026-01-05T08:00:00.000000001Z\",\"breakGlass\":true}",
                        "{\"type\":\"publish-rules\",\"issuer\":\"440000.yuekangma\",\"version\":\"1.10.0\",\"digest\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\","
                                + "\"validFrom\":\"2026-01-05T08:00:00Z\",\"validTo\":\"2026-01-05T08:00:00.000000001Z\",\"emergency\":true}",
                        "{\"type\":\"remove-operator\",\"kid\":\"" + KID + "\"}");
    }

    /** An action, in single quotes; KID and KEY stand for a thumbprint and a key. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                   | the action: type is missing
            {'type':1}                                                           | the action: type is not a text
            {'type':'delete-issuer'}                                             | the action: type is none of register-issuer
            {'type':'suspend-issuer'}                                            | the action: issuer is missing
            {'type':'suspend-issuer','issuer':'Guangdong'}                       | the action: issuer is not <six digits>
            {'type':'suspend-issuer','issuer':null}                              | the action: issuer is not a text
            {'type':'suspend-issuer','issuer':'440000.a','x':1}                  | the action: x is not one of its members
            {'type':'suspend-key','issuer':'440000.a','kid':'Key1PRO'}           | the action: kid is not an RFC 7638
            {'type':'suspend-key','issuer':'440000.a'}                           | the action: kid is missing
            {'type':'resume-key','issuer':'440000.a','kid':'KID','breakGlass':true} | the action: breakGlass is not one of its members
            {'type':'revoke-key','issuer':'440000.a','kid':'KID'}                | the action: cause is missing
            {'type':'revoke-key','issuer':'440000.a','kid':'KID','cause':'COMPROMISED'} | the action: cause is none of superseded, ceased, compromised
            {'type':'revoke-key','issuer':'440000.a','kid':'KID','cause':'ceased','cutOff':'now'} | the action: cutOff is not a time
            {'type':'revoke-key','issuer':'440000.a','kid':'KID','cause':'ceased','cutOff':'+10000-01-01T00:00:00Z','breakGlass':true} | the action: cutOff is not a time
            {'type':'revoke-key','issuer':'440000.a','kid':'KID','cause':'ceased','cutOff':'-0001-01-01T00:00:00Z','breakGlass':true} | the action: cutOff is not a time
            {'type':'revoke-key','issuer':'440000.a','kid':'KID','cause':'ceased','cutOff':'2026-01-01T00:00:00Z'} | the action: breakGlass is missing
            {'type':'revoke-key','issuer':'440000.a','kid':'KID','cause':'ceased','cutOff':'2026-01-01T00:00:00Z','breakGlass':'true'} | the action: breakGlass is not true or false
            {'type':'register-issuer','issuer':'440000.a','key':KEY}             | the action: name is missing
            {'type':'register-issuer','issuer':'440000.a','name':'n'}            | the action: key is missing
            {'type':'register-issuer','issuer':'440000.a','name':'n','key':KEY,'platform':'http://a b'} | the action: platform is not a URL
            {'type':'register-issuer','issuer':'440000.a','name':'n','key':KEY,'parent':'x'} | the action: parent is not <six digits>
            {'type':'register-issuer','issuer':'440000.a','name':'n','key':KEY,'parent':7} | the action: parent is not a text
            {'type':'add-key','issuer':'440000.a','key':{}}                      | the key is refused (NOT_A_KEY)
            {'type':'add-key','issuer':'440000.a','key':KEY,'notBefore':1}       | the action: notBefore is not a text
            {'type':'add-key','issuer':'440000.a','key':KEY,'notBefore':'2026-01-02T00:00:00Z','signUntil':'2026-01-02T00:00:00Z'} | the action: key must have notBefore before signUntil
            {'type':'add-key','issuer':'440000.a','key':KEY,'verifyUntil':'2026-01-02T00:00:00Z'} | the action: key must have notBefore before signUntil
            {'type':'publish-rules','issuer':'440000.a','version':'1.0'}         | the action: version is not three whole numbers
            {'type':'publish-rules','issuer':'440000.a','version':'1.0.0','digest':'AAAA'} | the action: digest is not a SHA-256
            {'type':'publish-rules','issuer':'440000.a','version':'1.0.0','digest':'KID'} | the action: validFrom is missing
            {'type':'publish-rules','issuer':'440000.a','version':'1.0.0','digest':'KID','validFrom':'2026-01-02T00:00:00Z'} | the action: emergency is missing
            {'type':'publish-rules','issuer':'440000.a','version':'1.0.0','digest':'KID','validFrom':'2026-01-02T00:00:00Z','emergency':1} | the action: emergency is not true or false
            {'type':'publish-rules','issuer':'440000.a','version':'1.0.0','digest':'KID','validFrom':'2026-01-02T00:00:00Z','emergency':true,'format':'a'} | the action: format is not one of its members
            {'type':'add-operator','key':KEY}                                    | the action: name is missing
            {'type':'add-operator','name':'n','key':'KID'}                       | the key is refused (NOT_A_KEY)
            {'type':'remove-operator','kid':'KID','issuer':'440000.a'}           | the action: issuer is not one of its members
            {'type':'delegate','issuer':'440000.a','delegation':null}            | the delegation is not a JSON object
            {'type':'delegate','issuer':'440000.a','delegation':{'formats':['a'],'algorithms':['SM2'],'depth':1}} | the delegation: regionPrefix is missing
            {'type':'delegate','issuer':'440000.a','delegation':{'regionPrefix':'','formats':'a','algorithms':['SM2'],'depth':1}} | the delegation: formats is not an array
            {'type':'delegate','issuer':'440000.a','delegation':{'regionPrefix':'','formats':[1],'algorithms':['SM2'],'depth':1}} | the delegation: formats is not a text
            {'type':'delegate','issuer':'440000.a','delegation':{'regionPrefix':'','formats':['a'],'algorithms':['sm2'],'depth':1}} | the delegation: algorithms must be of ES256, EdDSA, SM2
            {'type':'delegate','issuer':'440000.a','delegation':{'regionPrefix':'','formats':['a'],'algorithms':['SM2'],'depth':1.0}} | the delegation: depth is not a whole number
            {'type':'delegate','issuer':'440000.a','delegation':{'regionPrefix':'','formats':['a'],'algorithms':['SM2'],'depth':4294967297}} | the delegation: depth is not a whole number
            {'type':'delegate','issuer':'440000.a','delegation':{'regionPrefix':'','formats':['a'],'algorithms':['SM2'],'depth':1,'x':1}} | the delegation: x is not one of its members
            """)
    void whatIsWrongWithAnActionIsNamed(String action, String fault) {
        ObjectNode json = json(action.replace("KID", KID.value())
                .replace("KEY", P256.publicJwk().toJson().toString()));
        assertThatThrownBy(() -> ActionJson.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x5c", "key_ops", "jku", "ext"})
    void aKeyHasNoMembersBesideItsOwn(String member) {
        ObjectNode key = P256.publicJwk().toJson();
        key.putArray(member).add("verify");
        assertThatThrownBy(() -> ActionJson.key(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the key: " + member + " is not one of its members: leave it out");
    }

    @Test
    void aKeyMayLeaveOutWhatFollowsFromTheRest() {
        assertThat(ActionJson.key(P256.publicJwk().toJson().without(List.of("alg", "use", "kid"))))
                .isEqualTo(P256.publicJwk());
    }

    @Test
    void whatIsWrongWithAProposalIsNamed() {
        assertThatThrownBy(() -> Proposal.of(around(new byte[] {'['})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the payload is not strict JSON: It ends too early");
        assertThatThrownBy(() -> Proposal.of(around(new byte[] {'1'})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the proposal is not a JSON object");
        assertFault(valid().put("aud", 1), "aud is not a text");
        assertFault(valid().put("nonce", "AAAA"), "nonce is not a nonce of this hub");
        assertFault(valid().put("iat", -1), "iat is not a time in whole seconds");
        assertFault(valid().put("iat", "1"), "iat is not a time in whole seconds");
        assertFault(valid().put("iat", 1.5), "iat is not a time in whole seconds");
        assertFault(valid().put("iat", 253_402_300_800L), "iat is not a time in whole seconds");
        assertFault(json(valid().toString().replace("" + NOW.getEpochSecond(), "9".repeat(30))), "iat is not a time");
        assertFault(valid().put("more", 1), "more is not one of its members");
        for (String member : List.of("aud", "nonce", "iat", "reason", "action")) {
            assertFault((ObjectNode) valid().without(member), member + " is missing");
        }
        Proposal last = Proposal.of(around(valid().put("iat", 253_402_300_799L)));
        assertThat(last.signedAt()).hasToString("9999-12-31T23:59:59Z");
        assertThat(Proposal.of(around(valid().put("iat", 0))).signedAt().getEpochSecond())
                .isZero();
    }

    private static ObjectNode valid() {
        return proposal(new SuspendIssuer(CHILD)).toJson();
    }

    private static void assertFault(ObjectNode json, String fault) {
        assertThatThrownBy(() -> Proposal.of(around(json)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the proposal: " + fault);
    }
}
