package dev.hutong.registry;

import dev.hutong.registry.proposal.SignedDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the leaf of a signed document from its one canonical text, character by character: a JSON reader would accept other texts, which
 * would then have to be told apart, and a start reads every leaf of the log.
 */
final class SignedLeaf {
    private final String leaf;
    private int position;

    private SignedLeaf(String leaf) {
        this.leaf = leaf;
    }

    /**
     * What such a leaf says.
     *
     * @param at as it stands, still to be read
     */
    record Content(String type, String at, SignedDocument document) {}

    /** Whether this is to be read as the leaf of a signed document: every other begins otherwise. */
    static boolean is(String leaf) {
        return leaf.startsWith("{\"type\":\"founded\"")
                || leaf.startsWith("{\"type\":\"proposed\"")
                || leaf.startsWith("{\"type\":\"approved\"");
    }

    /** @throws IllegalArgumentException if it is not in its canonical form */
    static Content read(String leaf) {
        return new SignedLeaf(leaf).content();
    }

    private Content content() {
        expect("{\"type\":\"");
        String type = text();
        expect(",\"at\":\"");
        String at = text();
        expect(",\"document\":{\"payload\":\"");
        String payload = text();
        expect(",\"signatures\":[");
        List<SignedDocument.Signature> signatures = new ArrayList<>(2);
        do {
            expect("{\"protected\":\"");
            String header = text();
            expect(",\"signature\":\"");
            signatures.add(SignedDocument.signature(header, text()));
            expect("}");
        } while (skip(","));
        expect("]}}");
        if (position != leaf.length()) {
            throw notCanonical();
        }
        return new Content(type, at, SignedDocument.of(payload, signatures));
    }

    private void expect(String next) {
        if (!skip(next)) {
            throw notCanonical();
        }
    }

    private boolean skip(String next) {
        boolean found = leaf.startsWith(next, position);
        position += found ? next.length() : 0;
        return found;
    }

    /** Up to the closing quotation mark. What needs an escape is none of the texts here, whose own readers refuse a backslash. */
    private String text() {
        int end = leaf.indexOf('"', position);
        if (end < 0) {
            throw notCanonical();
        }
        String text = leaf.substring(position, end);
        position = end + 1;
        return text;
    }

    private static IllegalArgumentException notCanonical() {
        return new IllegalArgumentException("it is not in its canonical form");
    }
}
