package dev.hutong.hub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.Contract;
import dev.hutong.hub.http.ProblemType;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract by itself: valid OpenAPI 3.1, complete in what every operation has, and its examples are what they show. */
class ContractLintTest {
    /** What any request to any path may meet. */
    private static final Set<ProblemType> ANYWHERE = EnumSet.of(
            ProblemType.MALFORMED_HTTP,
            ProblemType.METHOD_NOT_ALLOWED,
            ProblemType.URI_TOO_LONG,
            ProblemType.HEADERS_TOO_LARGE,
            ProblemType.INTERNAL);

    /** What any request with a body may meet beside that. */
    private static final Set<ProblemType> WITH_A_BODY =
            EnumSet.of(ProblemType.BODY_TOO_LARGE, ProblemType.NOT_JSON, ProblemType.EXPECTATION_FAILED);

    private final Contract contract = Contract.load();
    private final JsonNode document = contract.document();

    private record Operation(String name, JsonNode node) {}

    private Stream<Operation> operations() {
        return document.get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(entry ->
                                Set.of("get", "put", "post", "delete", "patch").contains(entry.getKey()))
                        .map(entry -> new Operation(entry.getKey() + " " + path.getKey(), entry.getValue())));
    }

    /** By a parser that others wrote, which knows every key that there is. */
    @Test
    void itIsValidOpenApi31() {
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(document.toString(), null, new ParseOptions());

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.isOpenapi31()).isTrue();
        assertThat(read.getOpenAPI().getPaths()).hasSize(document.get("paths").size());
    }

    @Test
    void operationsHaveNamesOfTheirOwnAndASummary() {
        assertThat(operations()
                        .map(operation -> operation.node().path("operationId").asText()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z][A-Za-z0-9]*"));
        assertThat(operations())
                .allSatisfy(
                        operation -> assertThat(operation.node().path("summary").asText())
                                .as(operation.name())
                                .isNotBlank());
    }

    @Test
    void everyOperationNamesTheProblemsThatAnyRequestCanMeet() {
        assertThat(operations()).allSatisfy(operation -> {
            Set<ProblemType> met = EnumSet.copyOf(ANYWHERE);
            // A form that is none, or too large, is an OAuth error of its own.
            if (operation.node().at("/requestBody/content").has("application/json")) {
                met.addAll(WITH_A_BODY);
            }
            assertThat(met)
                    .allSatisfy(problem -> assertThat(
                                    operation.node().get("responses").has(Integer.toString(problem.status())))
                            .as("%s answers %s", operation.name(), problem)
                            .isTrue());
        });
    }

    @Test
    void everyProblemIsSomeOperationsAnswer() {
        assertThat(ProblemType.values())
                .allSatisfy(problem -> assertThat(operations())
                        .as(problem.name())
                        .anyMatch(operation ->
                                operation.node().get("responses").has(Integer.toString(problem.status()))));
    }

    @Test
    void everyAnswerOfAnOperationThatIsNoProblemIsASuccess() {
        List<String> problems = Arrays.stream(ProblemType.values())
                .map(problem -> Integer.toString(problem.status()))
                .toList();

        assertThat(operations())
                .allSatisfy(operation -> assertThat(
                                operation.node().get("responses").properties())
                        .as(operation.name())
                        .allSatisfy(answer -> assertThat(answer.getKey())
                                .satisfiesAnyOf(
                                        status -> assertThat(status).matches("2..|304"),
                                        status -> assertThat(problems).contains(status))));
    }

    @Test
    void everyRequestWithABodyIsShownByAnExample() {
        assertThat(operations().filter(operation -> operation.node().has("requestBody")))
                .allSatisfy(operation -> assertThat(
                                operation.node().get("requestBody").get("content"))
                        .as(operation.name())
                        .allSatisfy(content -> assertThat(content.has("example")
                                        || content.has("examples")
                                        || resolved(content.get("schema")).has("examples"))
                                .isTrue()));
    }

    @Test
    void everyExampleIsWhatItsSchemaSays() {
        List<String> faults = new ArrayList<>();
        int[] seen = {0};
        examples(document, (schema, example) -> {
            seen[0]++;
            contract.faultsIn(schema, example).forEach(fault -> faults.add(example + ": " + fault));
        });

        assertThat(faults).isEmpty();
        assertThat(seen[0]).isGreaterThan(20);
    }

    /** Beside a schema stand example, or examples by name; within one stand examples in a list. */
    private void examples(JsonNode node, BiConsumer<JsonNode, JsonNode> found) {
        if (node.path("schema").isObject()) {
            JsonNode schema = node.get("schema");
            if (node.has("example")) {
                found.accept(schema, node.get("example"));
            }
            node.path("examples")
                    .forEach(example -> found.accept(schema, resolved(example).get("value")));
        } else if (node.path("examples").isArray()) {
            node.get("examples").forEach(example -> found.accept(node, example));
        }
        node.forEach(inner -> examples(inner, found));
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
    }
}
