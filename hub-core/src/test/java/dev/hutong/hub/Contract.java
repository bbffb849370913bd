package dev.hutong.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code openapi.yaml} as a judge: says what is wrong with an exchange. Schemas are JSON Schema 2020-12, formats asserted. */
public final class Contract {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private final Map<JsonNode, Schema> nodeToSchema = new ConcurrentHashMap<>();

    private final Predicate<JsonNode> served;

    private Contract(JsonNode document, Predicate<JsonNode> served) {
        this.document = document;
        this.served = served;
    }

    /** The contract that travels with the hub. */
    public static Contract load() {
        try (InputStream yaml = Objects.requireNonNull(Contract.class.getResourceAsStream("/openapi.yaml"))) {
            return new Contract(new YAMLMapper().readTree(yaml), path -> true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the server for verifiers keeps: every path without a server of its own. */
    public Contract forVerifiers() {
        return new Contract(document, path -> !path.has("servers"));
    }

    /** What the server for operators keeps. */
    public Contract forOperators() {
        return new Contract(document, path -> path.has("servers"));
    }

    /** The whole document. */
    public JsonNode document() {
        return document;
    }

    /** Each breach in a line of its own; none where the exchange is as the contract has it. */
    public List<String> breachesIn(Exchange exchange) {
        List<String> breaches = new ArrayList<>();
        checkHeadersOfEveryAnswer(exchange, breaches);
        JsonNode path = path(exchange.path().split("\\?", 2)[0]);
        JsonNode operation = path == null ? null : path.get(verb(exchange.method()));
        JsonNode response = resolved(response(path, operation, exchange.status()));
        if (response.isMissingNode()) {
            return List.of(exchange.method() + " " + exchange.path() + " has no answer " + exchange.status());
        }
        checkHeaders(response, exchange, breaches);
        checkRequestId(exchange, breaches);
        checkBody(response, exchange, breaches);
        if (operation != null && exchange.status() < 300) {
            checkQuery(operation, exchange, breaches);
            checkRequest(operation, exchange, breaches);
        }
        return breaches;
    }

    private void checkRequest(JsonNode operation, Exchange exchange, List<String> breaches) {
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        if (!schema.isMissingNode()) { // a form is checked by those who send one
            breaches.addAll(
                    faults("request", schema, json(exchange.requestBody().getBytes())));
        }
    }

    /** What was asked with is named by the operation, and as it says; what it must be asked with is there. */
    private void checkQuery(JsonNode operation, Exchange exchange, List<String> breaches) {
        Map<String, List<String>> nameToValues = new QueryStringDecoder(exchange.path()).parameters();
        Set<String> unknown = new HashSet<>(nameToValues.keySet());
        for (JsonNode reference : operation.path("parameters")) {
            JsonNode parameter = resolved(reference);
            String name = parameter.get("name").textValue();
            if (!parameter.get("in").textValue().equals("query")) {
                continue;
            }
            unknown.remove(name);
            if (nameToValues.containsKey(name)) {
                breaches.addAll(
                        faults("query " + name, parameter.get("schema"), value(parameter, nameToValues.get(name))));
            } else if (parameter.path("required").asBoolean()) {
                breaches.add("it took a query without " + name);
            }
        }
        if (operation.path("x-takes-other-queries").asBoolean()) {
            return; // OpenID Federation 1.0: parameters that are not understood are ignored, and a test asks with one
        }
        unknown.forEach(name -> breaches.add("the contract names no query parameter " + name));
    }

    private JsonNode value(JsonNode parameter, List<String> values) {
        return switch (resolved(parameter.get("schema")).path("type").asText()) {
            case "array" -> JSON.valueToTree(values);
            case "integer", "number" -> json(values.getFirst().getBytes(StandardCharsets.UTF_8));
            default -> TextNode.valueOf(values.getFirst());
        };
    }

    /** What is wrong with a value under a schema of {@code #/components/schemas}. */
    public List<String> faultsIn(String schemaName, JsonNode value) {
        return faults(schemaName, document.at("/components/schemas/" + schemaName), value);
    }

    /** What is wrong with a value under a schema of the document. */
    public List<String> faultsIn(JsonNode schema, JsonNode value) {
        return faults("value", schema, value);
    }

    /** A query takes no part in which operation is meant. The paths of tiles have slashes, for which OpenAPI has no template. */
    private @Nullable JsonNode path(String address) {
        String path = address.split("\\?", 2)[0];
        for (Map.Entry<String, JsonNode> entry : document.get("paths").properties()) {
            String template = Pattern.quote(entry.getKey())
                    .replace("{id}", "\\E[^/]+\\Q")
                    .replace("{kid}", "\\E[^/]+\\Q")
                    .replace("{bundle}", "\\E.+\\Q")
                    .replace("{tile}", "\\E.+\\Q");
            if (served.test(entry.getValue()) && path.matches(template)) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** HEAD is answered as GET is. */
    private static String verb(String method) {
        return method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    }

    /** What is no operation of a path is answered with a problem: 405 where the path has others. */
    private JsonNode response(@Nullable JsonNode path, @Nullable JsonNode operation, int status) {
        if (operation != null) {
            return operation.get("responses").path(Integer.toString(status));
        }
        return document.at("/components/responses/" + (path != null && status == 405 ? "MethodNotAllowed" : "Problem"));
    }

    private void checkHeadersOfEveryAnswer(Exchange exchange, List<String> breaches) {
        document.get("x-headers-of-every-answer").properties().forEach(header -> {
            if (!header.getValue().asText().equals(exchange.header(header.getKey()))) {
                breaches.add(header.getKey() + " is " + exchange.header(header.getKey()));
            }
        });
        if (exchange.header("Server") != null) {
            breaches.add("the answer names its server");
        }
    }

    private void checkHeaders(JsonNode response, Exchange exchange, List<String> breaches) {
        for (Map.Entry<String, JsonNode> entry : response.path("headers").properties()) {
            JsonNode header = resolved(entry.getValue());
            String value = exchange.header(entry.getKey());
            if (value != null) {
                breaches.addAll(faults(entry.getKey(), header.get("schema"), TextNode.valueOf(value)));
            } else if (header.path("required").asBoolean()) {
                breaches.add(entry.getKey() + " is missing");
            }
        }
    }

    /** OpenAPI has no way to say that every answer has a header. */
    private void checkRequestId(Exchange exchange, List<String> breaches) {
        String id = exchange.header("X-Request-Id");
        if (id == null) {
            breaches.add("X-Request-Id is missing");
        } else {
            breaches.addAll(
                    faults("X-Request-Id", document.at("/components/headers/RequestId/schema"), TextNode.valueOf(id)));
        }
    }

    private void checkBody(JsonNode response, Exchange exchange, List<String> breaches) {
        if (!response.has("content")) {
            if (exchange.body().length() > 0) {
                breaches.add("an answer " + exchange.status() + " has no body");
            }
            return;
        }
        String mediaType = exchange.mediaType();
        JsonNode schema = response.path("content").path(mediaType).path("schema");
        if (schema.isMissingNode()) {
            breaches.add("an answer " + exchange.status() + " is not of the media type " + mediaType);
        } else if (exchange.method().equals("HEAD")) {
            if (exchange.body().length() > 0) {
                breaches.add("HEAD has no body");
            }
        } else if (mediaType.endsWith("jwt")) {
            checkJwt(schema, exchange.text(), breaches);
        } else if (mediaType.endsWith("ndjson")) {
            exchange.text()
                    .lines()
                    .forEach(line ->
                            breaches.addAll(faults(mediaType, schema, json(line.getBytes(StandardCharsets.UTF_8)))));
        } else if (!mediaType.endsWith("json")) {
            breaches.addAll(faults(mediaType, schema, TextNode.valueOf(exchange.text())));
        } else {
            breaches.addAll(faults(mediaType, schema, json(exchange.body().getBytes())));
            checkStatusMember(mediaType, exchange, breaches);
        }
    }

    private void checkStatusMember(String mediaType, Exchange exchange, List<String> breaches) {
        if (mediaType.equals("application/problem+json")
                && exchange.json().path("status").asInt() != exchange.status()) {
            breaches.add("the problem's status is not the answer's, " + exchange.status());
        }
    }

    private void checkJwt(JsonNode schema, String token, List<String> breaches) {
        breaches.addAll(faults("token", schema, TextNode.valueOf(token)));
        if (breaches.isEmpty()) {
            byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
            breaches.addAll(faults("payload", resolved(schema).get("contentSchema"), json(payload)));
        }
    }

    private List<String> faults(String what, JsonNode schema, JsonNode value) {
        return nodeToSchema.computeIfAbsent(schema, this::compile).validate(value).stream()
                .map(error -> what + error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }

    /** References into {@code #/components} work in every schema that has the components beside it. */
    private Schema compile(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.get("components"));
        return schemas.getSchema(whole);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + new String(body, StandardCharsets.UTF_8), e);
        }
    }
}
