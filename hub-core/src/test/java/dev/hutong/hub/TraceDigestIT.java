package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.province.ScannedCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever has a code and its decision can show, with docs/decisions.md alone, that the one is about the other. */
class TraceDigestIT extends RunningHubBase {

    private ScannedCode yellow() {
        return provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(2, clock.instant()));
    }

    private JsonNode resolve(ScannedCode code) {
        ObjectNode request = HubClient.request(code).put("destination", "330100");
        request.putObject("observed").put("temperature", "36.5");
        return hub.verifier().resolve(request.toString()).json();
    }

    @Test
    void everyStepsInputCanBeTakenFromTheCodeAndTheDecision() throws Exception {
        ScannedCode code = yellow();
        String jws = code.text().substring("SKM:".length());
        String signingInput = jws.substring(0, jws.lastIndexOf('.'));
        byte[] signature = Base64.getUrlDecoder().decode(jws.substring(jws.lastIndexOf('.') + 1));
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.write(utf8(signingInput));
        signed.write(signature);

        JsonNode decision = resolve(code);

        assertThat(inputs(decision, 0)).isEqualTo(digest(decision, "recognise", utf8(code.text())));
        assertThat(inputs(decision, 1)).isEqualTo(digest(decision, "open", utf8(code.text())));
        assertThat(inputs(decision, 2)).isEqualTo(digest(decision, "authenticate", signed.toByteArray()));
        signed.write(utf8("\n" + decision.get("decidedAt").textValue()));
        assertThat(inputs(decision, 3)).isEqualTo(digest(decision, "map", signed.toByteArray()));
        ObjectNode judged = JsonNodeFactory.instance.objectNode();
        judged.set("statements", decision.get("statements"));
        judged.putArray("refused");
        judged.set("destination", decision.get("destination"));
        judged.set("observed", decision.get("observed"));
        judged.set("decidedAt", decision.get("decidedAt"));
        assertThat(inputs(decision, 4)).isEqualTo(digest(decision, "judge", utf8(judged.toString())));
    }

    @Test
    void twoDecisionsAboutOneCodeHaveNoDigestInCommon() {
        ScannedCode code = yellow();

        List<String> first = resolve(code).get("trace").findValuesAsText("inputs");
        List<String> second = resolve(code).get("trace").findValuesAsText("inputs");

        assertThat(first).hasSize(5).doesNotHaveDuplicates().doesNotContainAnyElementsOf(second);
    }

    @Test
    void whatIsNoWholeCodeHasNoDigestThatCouldBeGuessed() {
        for (String text : List.of("110101199003070000", "YKM2:110101199003070000")) {
            JsonNode trace = resolve(ScannedCode.ofText(text)).get("trace");

            assertThat(trace).isNotEmpty();
            assertThat(trace)
                    .allSatisfy(line -> assertThat(line.get("inputs").isNull()).isTrue());
        }
    }

    @Test
    void aForgedCodeHasTheDigestsOfWhatItIs() {
        String code = yellow().text();
        JsonNode decision = resolve(ScannedCode.ofText(code.substring(0, code.length() - 4) + "AAAA"));

        assertThat(decision.get("trace").findValuesAsText("outcome"))
                .containsExactly("passed", "passed", "BAD_SIGNATURE");
        assertThat(decision.get("trace"))
                .allSatisfy(line -> assertThat(line.get("inputs").textValue()).hasSize(43));
    }

    @Test
    void aDecisionTellsWhatALapsedStatementAsserted() {
        ObjectNode claims = Codes.atLevel(2, clock.instant());
        claims.put("sbsj", clock.instant().minusSeconds(8 * 86_400).toEpochMilli());

        JsonNode decision = resolve(provinces.province(Codes.GUANGZHOU).sign(claims));

        assertThat(decision.get("reason").textValue()).isEqualTo("EXPIRED_DECLARATION");
        assertThat(decision.at("/statements/0/risk").textValue()).isEqualTo("UNKNOWN");
        assertThat(decision.at("/statements/0/assertedRisk").textValue()).isEqualTo("MEDIUM");
        assertThat(decision.at("/remedy/en").textValue()).isEqualTo("Declare anew");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String inputs(JsonNode decision, int line) {
        return decision.get("trace").get(line).get("inputs").textValue();
    }

    private static String digest(JsonNode decision, String step, byte[] input) throws NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(utf8(decision.get("id").textValue() + "\n" + step + "\n"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256.digest(input));
    }
}
