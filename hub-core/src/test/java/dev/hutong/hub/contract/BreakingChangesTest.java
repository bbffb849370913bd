package dev.hutong.hub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakingChangesTest {
    private static final String RELEASED = """
            openapi: 3.1.0
            paths:
              /codes/{id}:
                get:
                  operationId: code
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: string } }
                    - { name: at, in: query, schema: { type: integer, maximum: 9 } }
                  responses:
                    "200":
                      headers:
                        Tag: { required: true, schema: { type: string, pattern: "^x" } }
                      content:
                        application/json: { schema: { $ref: "#/components/schemas/Answer" } }
                        application/jwt: { schema: { type: string } }
                    "404": { content: { application/problem+json: { schema: { type: object } } } }
                post:
                  operationId: ask
                  requestBody:
                    content:
                      application/json: { schema: { $ref: "#/components/schemas/Question" } }
                      text/plain: { schema: { type: string } }
                  responses:
                    "201": { description: made }
            components:
              schemas:
                Question:
                  type: object
                  additionalProperties: false
                  required: [code]
                  properties:
                    code: { type: [string, integer] }
                    colour: { type: string, enum: [red, green] }
                    note: { type: string, maxLength: 20 }
                    tree: { $ref: "#/components/schemas/Question" }
                  oneOf: [{ required: [colour] }, { required: [note] }]
                Answer:
                  allOf: [{ $ref: "#/components/schemas/Members" }]
                  unevaluatedProperties: false
                Members:
                  type: object
                  required: [risk, size]
                  properties:
                    risk: { type: string, enum: [LOW, HIGH] }
                    kind: { type: string, enum: [one], x-open-enum: true }
                    size: { type: integer, minimum: 1 }
                    rows: { type: array, items: { type: string } }
                    end: { anyOf: [{ type: string }, { type: "null" }] }
                  if: { properties: { risk: { const: LOW } } }
                  then: { required: [rows] }
            """;

    private static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** ↵ stands for a line's end. */
    private static String changed(String from, String to) {
        assertThat(RELEASED).contains(from);
        return RELEASED.replace(from, to.replace('↵', '\n'));
    }

    @Test
    void theSameContractBreaksNothing() {
        assertThat(BreakingChanges.between(yaml(RELEASED), yaml(RELEASED))).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            /codes/{id}:                           | /kodes/{id}:                              | GET /codes/{id} is gone
            post:                                  | put:                                      | POST /codes/{id} is gone
            operationId: ask                       | operationId: demand                       | POST /codes/{id} is called otherwise
            operationId: ask                       | 'operationId: ask↵      security: [{ a: [] }]' | POST /codes/{id} now asks who the client is
            name: at, in: query                    | name: on, in: query                       | GET /codes/{id} parameter at is gone
            name: at, in: query                    | 'name: at, in: query, required: true'     | GET /codes/{id} parameter at is now required
            maximum: 9                             | maximum: 8                                | GET /codes/{id} parameter at has another maximum
            schema: { type: integer                | schema: { type: string                    | GET /codes/{id} parameter at may no longer be of type integer
            "200":                                 | "202":                                    | GET /codes/{id} no longer answers 200
            'Tag: {'                               | 'Rag: {'                                  | header Tag is gone
            'Tag: { required: true,'               | 'Tag: {'                                  | header Tag may now be missing
            pattern: "^x"                          | pattern: "^y"                             | header Tag has another pattern
            application/jwt                        | application/jose                          | 200 application/jwt is gone
            text/plain                             | text/html                                 | request text/plain is gone
            requestBody:                           | 'requestBody:↵        required: true'       | now requires a body
            required: [code]                       | required: [code, note]                    | /note is now required of the client
            'code: { type: [string, integer] }'    | 'code: { type: [string] }'                | /code may no longer be of type integer
            'enum: [red, green]'                   | 'enum: [red]'                             | /colour may no longer be "green"
            maxLength: 20                          | maxLength: 19                             | /note has another maxLength
            'note: { type: string, maxLength: 20 }'| 'noted: { type: string }'                 | /note is gone
            '{ required: [note] }]'                | '{ required: [tree] }]'                   | /tree is now required of the client
            'required: [risk, size]'               | 'required: [size]'                        | /risk may now be missing
            'risk: { type: string, enum: [LOW, HIGH] }' | 'danger: { type: string }'           | /risk is gone
            'enum: [LOW, HIGH]'                    | 'enum: [LOW, HIGH, NONE]'                 | /risk may now be "NONE"
            'size: { type: integer'                | 'size: { type: [integer, "null"]'         | /size may now be of type null
            'size: { type: integer'                | 'size: { type: number'                    | /size may now be of type number
            minimum: 1                             | minimum: 0                                | /size has another minimum
            'items: { type: string }'              | 'items: { type: boolean }'                | /rows/items may now be of type boolean
            'end: { anyOf: [{ type: string }'      | 'end: { anyOf: [{ type: boolean }'        | /end/0 may now be of type boolean
            'then: { required: [rows] }'           | 'then: { required: [kind] }'              | has other conditions
            """)
    void whatBreaksAClientIsNamed(String from, String to, String told) {
        assertThat(BreakingChanges.between(yaml(RELEASED), yaml(changed(from, to))))
                .anySatisfy(line -> assertThat(line).contains(told));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            maximum: 9                             | maximum: 10
            'enum: [red, green]'                   | 'enum: [red, green, blue]'
            maxLength: 20                          | maxLength: 21
            'maxLength: 20 }'                      | 'maxLength: 20 }↵        more: { type: string }'
            'code: { type: [string, integer] }'    | 'code: { type: [string, integer, boolean] }'
            required: [code]                       | required: []
            '{ required: [note] }]'                | '{ required: [note] }, { required: [tree] }]'
            'required: [risk, size]'               | 'required: [risk, size, rows]'
            'enum: [LOW, HIGH]'                    | 'enum: [LOW]'
            'enum: [one]'                          | 'enum: [one, two]'
            minimum: 1                             | minimum: 2
            'rows: {'                              | 'more: { type: string }↵        rows: {'
            'end: { anyOf: [{ type: string }, { type: "null" }] }' | 'end: { anyOf: [{ type: string }] }'
            '"404": {'                             | '"403": {'
            'operationId: ask'                     | 'operationId: ask↵      deprecated: true'
            'name: at, in: query,'                 | 'name: at, in: query, description: when,'
            """)
    void whatOnlyAddsBreaksNobody(String from, String to) {
        assertThat(BreakingChanges.between(yaml(RELEASED), yaml(changed(from, to))))
                .isEmpty();
    }

    @Test
    void aNewPathANewOperationAndANewOptionalParameterBreakNobody() {
        String now = changed("paths:", "paths:\n  /new: { get: { operationId: fresh, responses: {} } }")
                .replace("- { name: at", "- { name: page, in: query, schema: {} }\n        - { name: at");

        assertThat(BreakingChanges.between(yaml(RELEASED), yaml(now))).isEmpty();
    }
}
