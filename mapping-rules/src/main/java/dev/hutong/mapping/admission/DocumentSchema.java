package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The JSON Schema of one kind of document, the same that completes it in an editor. */
enum DocumentSchema {
    FORMAT_PACKAGE("format-package"),
    EXAMPLES("examples");

    private static final int LONGEST_MESSAGE = 300;

    private final String file;

    DocumentSchema(String name) {
        this.file = "/schema/" + name + ".schema.json";
    }

    /** What the schema refuses in this file. */
    List<Finding> findings(SourceFile source) {
        return schema().validate(source.tree()).stream()
                .map(error -> finding(error, source))
                .distinct()
                .toList();
    }

    private Schema schema() {
        try (InputStream in = Objects.requireNonNull(DocumentSchema.class.getResourceAsStream(file), file)) {
            JsonNode tree = new ObjectMapper().readTree(in);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Finding finding(Error error, SourceFile source) {
        JsonPointer at = JsonPointer.compile(error.getInstanceLocation().toString());
        String message = at + " " + error.getMessage();
        return new Finding(
                Check.SCHEMA,
                Finding.Severity.ERROR,
                source.name(),
                source.line(at),
                message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…",
                "See docs/format-packages.md; an editor that knows mapping-rules" + file + " completes the file.");
    }
}
