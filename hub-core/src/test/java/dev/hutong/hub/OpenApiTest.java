package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.hub.http.ProblemType;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.registry.EventRefusal;
import dev.hutong.registry.KeyState;
import dev.hutong.registry.RegisteredProposal;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OpenApiTest {
    private final Contract contract = Contract.load();

    @Test
    void reasonsAreThoseOfTheHubInTheirOrder() {
        assertThat(enumeration("Reason")).isEqualTo(names(Reason.values()));
    }

    @Test
    void qualifiersAreThoseOfTheHub() {
        assertThat(enumeration("Qualifier")).isEqualTo(names(Qualifier.values()));
    }

    @Test
    void risksAreThoseOfTheHub() {
        assertThat(enumeration("Risk")).isEqualTo(names(Risk.values()));
    }

    @Test
    void everyReasonAndQualifierIsExplained() {
        assertThat(contract.document()
                        .at("/components/schemas/Reason/description")
                        .textValue())
                .contains(names(Reason.values()));
        assertThat(contract.document()
                        .at("/components/schemas/Qualifier/description")
                        .textValue())
                .contains(names(Qualifier.values()));
    }

    @Test
    void problemTypesAreThoseOfTheHub() {
        List<String> documented = texts(contract.document().at("/components/schemas/Problem/properties/type/enum"));

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemType.values())
                        .map(ProblemType::uri)
                        .toList());
    }

    @Test
    void groundsAreThoseOfTheRegistry() {
        assertThat(texts(contract.document().at("/components/schemas/Problem/properties/ground/enum")))
                .isEqualTo(names(EventRefusal.Ground.values()));
    }

    @Test
    void stagesAndKeyStatesAreThoseOfTheRegistryAndExplained() {
        assertThat(enumeration("ProposalStage")).isEqualTo(names(RegisteredProposal.Stage.values()));
        assertThat(enumeration("KeyState")).isEqualTo(names(KeyState.values()));
        assertThat(contract.document()
                        .at("/components/schemas/ProposalStage/description")
                        .textValue())
                .contains(names(RegisteredProposal.Stage.values()));
        assertThat(contract.document()
                        .at("/components/schemas/KeyState/description")
                        .textValue())
                .contains(names(KeyState.values()));
    }

    @Test
    void everyAnswerOfEveryOperationHasAStatusThatAProblemOrADocumentHas() {
        TreeSet<Integer> known = new TreeSet<>(List.of(200, 201, 304, 503));
        Arrays.stream(ProblemType.values()).map(ProblemType::status).forEach(known::add);

        operations()
                .forEach(operation -> operation
                        .get("responses")
                        .fieldNames()
                        .forEachRemaining(status -> assertThat(known).contains(Integer.valueOf(status))));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(contract.document().findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                contract.document().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @TestFactory
    Stream<DynamicTest> examplesAreWhatTheySay() {
        JsonNode resolve = contract.document().at("/paths/~1v1~1resolve/post");
        return Stream.concat(
                resolve.at("/requestBody/content/application~1json/examples").properties().stream()
                        .map(example -> DynamicTest.dynamicTest(
                                "request " + example.getKey(),
                                () -> assertThat(contract.faultsIn(
                                                "ResolveRequest",
                                                example.getValue().get("value")))
                                        .isEmpty())),
                contract.document().at("/components/examples").properties().stream()
                        .map(example -> DynamicTest.dynamicTest(
                                "decision " + example.getKey(),
                                () -> assertThat(contract.faultsIn(
                                                "Decision", example.getValue().get("value")))
                                        .isEmpty())));
    }

    /** The contract's own teeth: were it to let everything pass, no other test would notice. */
    @Test
    void aDecisionThatContradictsItselfBreaksTheContract() {
        ObjectNode decision =
                contract.document().at("/components/examples/Orange/value").deepCopy();

        assertThat(contract.faultsIn("Decision", decision.deepCopy().put("risk", "GREEN")))
                .isNotEmpty();
        assertThat(contract.faultsIn("Decision", decision.deepCopy().put("risk", "UNKNOWN")))
                .isNotEmpty();
        assertThat(contract.faultsIn("Decision", decision.deepCopy().put("holder", "张三")))
                .isNotEmpty();
        assertThat(contract.faultsIn("Decision", decision.deepCopy().put("decidedAt", "2026-01-05 08:00:00")))
                .isNotEmpty();
        assertThat(contract.faultsIn("Decision", decision.deepCopy().without("trace")))
                .isNotEmpty();
    }

    @Test
    void aRequestGivesTheCodeOnceAndNothingUnknown() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();

        assertThat(contract.faultsIn("ResolveRequest", request.deepCopy())).isNotEmpty();
        assertThat(contract.faultsIn("ResolveRequest", request.deepCopy().put("code", "")))
                .isEmpty();
        assertThat(contract.faultsIn(
                        "ResolveRequest", request.deepCopy().put("code", "").put("codeBytes", "")))
                .isNotEmpty();
        assertThat(contract.faultsIn(
                        "ResolveRequest", request.deepCopy().put("code", "").put("to", "330100")))
                .isNotEmpty();
    }

    private Stream<JsonNode> operations() {
        return contract.document().get("paths").properties().stream()
                .flatMap(path -> Stream.of("get", "post").map(path.getValue()::path))
                .filter(JsonNode::isObject);
    }

    private List<String> enumeration(String schema) {
        return texts(contract.document().at("/components/schemas/" + schema + "/enum"));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }
}
