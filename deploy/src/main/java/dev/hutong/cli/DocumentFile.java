package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.StrictJson;
import dev.hutong.registry.proposal.Genesis;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.SignedDocument;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A text on its way from host to host, because the keys that sign it are on several: first the text and its {@code typ}, later the signed
 * document. There is nothing secret in it.
 */
record DocumentFile(Path file) {
    private static final String TYPE = "typ";
    private static final String TEXT = "text";

    /** Writes the text that is to be signed into a file that is not there yet. */
    void prepare(String type, ObjectNode text) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put(TYPE, type);
        json.set(TEXT, text);
        try {
            Files.writeString(Files.createFile(file), json.toPrettyString() + System.lineSeparator());
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED, file + " exists, and may have been signed: give another --prepare.");
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** What is to be signed, or was. */
    JsonNode text() {
        JsonNode json = json();
        return json.has(TEXT) ? json.get(TEXT) : contentOf(signed());
    }

    /** Adds the signature of this key, and gives the document as it now is. */
    SignedDocument sign(PrivateJwk key) {
        JsonNode json = json();
        try {
            SignedDocument signed = json.has(TEXT) ? firstSignature(json, key) : nextSignature(json, key);
            requireKnown(signed);
            replace(signed.toJson().toPrettyString() + System.lineSeparator());
            return signed;
        } catch (IllegalArgumentException malformed) {
            throw notADocument(String.valueOf(malformed.getMessage()));
        }
    }

    /** The document, which somebody has signed. */
    SignedDocument signed() {
        JsonNode json = json();
        if (json.has(TEXT)) {
            throw new CommandFailure(
                    ExitCodes.FAILED, file + " is not signed yet: hutong registry sign --key FILE " + file);
        }
        try {
            return SignedDocument.of(json);
        } catch (IllegalArgumentException malformed) {
            throw notADocument(String.valueOf(malformed.getMessage()));
        }
    }

    private JsonNode contentOf(SignedDocument document) {
        try {
            return document.content();
        } catch (IllegalArgumentException malformed) {
            throw notADocument(String.valueOf(malformed.getMessage()));
        }
    }

    private static SignedDocument firstSignature(JsonNode json, PrivateJwk key) {
        if (!(json.get(TEXT) instanceof ObjectNode text)) {
            throw new IllegalArgumentException("its text is no JSON object");
        }
        return SignedDocument.sign(text, json.path(TYPE).asText(), List.of(key), SignatureProviders.choose());
    }

    private static SignedDocument nextSignature(JsonNode json, PrivateJwk key) {
        SignedDocument document = SignedDocument.of(json);
        String kid = key.publicJwk().kid();
        if (document.signatures().stream().anyMatch(signature -> signature.kid().equals(kid))) {
            throw new IllegalArgumentException("key " + kid + " has signed it already");
        }
        return document.alsoSignedBy(key, SignatureProviders.choose());
    }

    /** Nobody signs what this command cannot read to them. */
    private static void requireKnown(SignedDocument document) {
        switch (document.signatures().getFirst().typ()) {
            case Genesis.TYPE -> Genesis.of(document);
            case Proposal.TYPE -> Proposal.of(document);
            default ->
                throw new IllegalArgumentException("its typ is neither " + Genesis.TYPE + " nor " + Proposal.TYPE);
        }
    }

    private JsonNode json() {
        try {
            return StrictJson.read(Files.readAllBytes(file)).orElseThrow(() -> notADocument("it is not strict JSON"));
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.FAILED, file + " cannot be read (" + e + ").");
        }
    }

    /** Aside first, so that whatever happens the signatures that were there stay. */
    private void replace(String text) {
        try {
            Path aside = Files.createTempFile(file.toAbsolutePath().getParent(), "signing", ".json");
            Files.writeString(aside, text);
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private CommandFailure notADocument(String why) {
        return new CommandFailure(
                ExitCodes.FAILED,
                file + " cannot be used: " + Shown.sentence(Shown.line(why))
                        + " Give a file that --prepare wrote, or that was signed since.");
    }

    private CommandFailure notWritten(IOException e) {
        return new CommandFailure(
                ExitCodes.FAILED, file + " cannot be written (" + e + "): give a file in a folder that exists.");
    }
}
