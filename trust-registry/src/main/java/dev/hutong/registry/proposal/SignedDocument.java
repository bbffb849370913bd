package dev.hutong.registry.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.jose.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One text and the signatures of one or more keys over it: a JWS in the general JSON serialization (RFC 7515 §7.2.1). Reading it checks its
 * form only; whether the signatures are good is a question for whoever knows the keys.
 *
 * <p>Every signature's protected header holds exactly {@code alg}, {@code kid} (an RFC 7638 thumbprint) and {@code typ}; there are no
 * unprotected headers.
 */
public final class SignedDocument {
    private static final int MAX_SIGNATURES = 16;

    private final String payload;
    private final byte[] octets;
    private final List<Signature> signatures;

    private SignedDocument(String payload, byte[] octets, List<Signature> signatures) {
        this.payload = payload;
        this.octets = octets;
        this.signatures = List.copyOf(signatures);
    }

    /**
     * One key's signature.
     *
     * @param kid the key's thumbprint, as the header has it
     * @param alg the header's algorithm, in its own letters
     * @param typ what is signed, in the header's own letters
     * @param header the protected header as it stood, base64url
     * @param value the decoded signature
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared and never handed out to be changed.
    public record Signature(String kid, String alg, String typ, String header, byte[] value) {}

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException if it is not one, with what is wrong
     */
    public static SignedDocument of(JsonNode json) {
        JsonMembers members = JsonMembers.of(json, "the document");
        String payload = members.text("payload");
        List<Signature> signatures = new ArrayList<>();
        members.array("signatures").forEach(signature -> signatures.add(signature(signature)));
        members.noMore();
        return of(payload, signatures);
    }

    /**
     * A document of its parts.
     *
     * @param payload what is signed, base64url
     * @throws IllegalArgumentException if it is not one, with what is wrong
     */
    public static SignedDocument of(String payload, List<Signature> signatures) {
        byte[] octets = octets(payload, "payload");
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("there must be 1 to " + MAX_SIGNATURES + " signatures");
        }
        requireDifferentKeys(signatures);
        return new SignedDocument(payload, octets, signatures);
    }

    private static void requireDifferentKeys(List<Signature> signatures) {
        for (int i = 1; i < signatures.size(); i++) {
            String kid = signatures.get(i).kid();
            if (signatures.subList(0, i).stream().anyMatch(one -> one.kid().equals(kid))) {
                throw new IllegalArgumentException("key " + kid + " signed twice");
            }
        }
    }

    /**
     * Reads a document from foreign octets.
     *
     * @throws IllegalArgumentException if they are none, with what is wrong
     */
    public static SignedDocument of(byte[] utf8) {
        return of(StrictJson.read(utf8)
                .orElseThrow(() -> new IllegalArgumentException("the document is not strict JSON: "
                        + StrictJson.faultIn(utf8).orElse("nothing was read"))));
    }

    /** Signs this text with these keys, in this order. */
    public static SignedDocument sign(ObjectNode payload, String typ, List<PrivateJwk> keys, SignatureProviders by) {
        String text = StrictBase64Url.encode(payload.toString().getBytes(StandardCharsets.UTF_8));
        List<Signature> signatures = new ArrayList<>();
        for (PrivateJwk key : keys) {
            signatures.add(signature(text, typ, key, by));
        }
        return new SignedDocument(text, octets(text, "payload"), signatures);
    }

    /** The same text with one signature more. */
    public SignedDocument alsoSignedBy(PrivateJwk key, SignatureProviders by) {
        List<Signature> more = new ArrayList<>(signatures);
        more.add(signature(payload, signatures.getFirst().typ(), key, by));
        return new SignedDocument(payload, octets, more);
    }

    private static Signature signature(String payload, String typ, PrivateJwk key, SignatureProviders by) {
        String alg = key.publicJwk().algorithm().jose();
        String kid = key.publicJwk().kid();
        String header = StrictBase64Url.encode(JsonNodeFactory.instance
                .objectNode()
                .put("alg", alg)
                .put("kid", kid)
                .put("typ", typ)
                .toString()
                .getBytes(StandardCharsets.UTF_8));
        return new Signature(kid, alg, typ, header, by.signer(key).sign(signingInput(header, payload)));
    }

    private static Signature signature(JsonNode json) {
        JsonMembers members = JsonMembers.of(json, "a signature");
        Signature signature = signature(members.text("protected"), members.text("signature"));
        members.noMore();
        return signature;
    }

    /**
     * A signature of its parts.
     *
     * @param header the protected header, base64url
     * @param value the signature, base64url
     * @throws IllegalArgumentException if it is not one, with what is wrong
     */
    public static Signature signature(String header, String value) {
        Header read = Header.of(header);
        return new Signature(read.kid(), read.alg(), read.typ(), header, octets(value, "signature"));
    }

    /**
     * A protected header.
     *
     * @param text as it stood, base64url
     */
    private record Header(String text, String kid, String alg, String typ) {
        /** Headers read lately, each at a place that its text decides: a key signs under the same one again and again. */
        private static final AtomicReferenceArray<Header> RECENT = new AtomicReferenceArray<>(1 << 12);

        static Header of(String text) {
            int place = text.hashCode() & (RECENT.length() - 1);
            Header recent = RECENT.get(place);
            if (recent == null || !recent.text.equals(text)) {
                recent = read(text);
                RECENT.set(place, recent);
            }
            return recent;
        }

        private static Header read(String text) {
            byte[] octets = octets(text, "protected");
            JsonMembers parameters = JsonMembers.of(
                    StrictJson.read(octets).orElseThrow(() -> notStrict("a protected header", octets)),
                    "a protected header");
            Header header = new Header(text, parameters.text("kid"), parameters.text("alg"), parameters.text("typ"));
            parameters.noMore();
            return header;
        }
    }

    private static byte[] octets(String base64Url, String member) {
        byte[] octets = StrictBase64Url.decodeOrNull(base64Url);
        if (octets == null) {
            throw new IllegalArgumentException(member + " is not strict base64url");
        }
        return octets;
    }

    private static byte[] signingInput(String header, String payload) {
        return (header + "." + payload).getBytes(StandardCharsets.US_ASCII);
    }

    /** The SHA-256 of the signed text in base64url: its name, whoever signed it. */
    public String id() {
        try {
            return StrictBase64Url.encode(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    /**
     * The signed text as JSON.
     *
     * @throws IllegalArgumentException if it is none
     */
    public JsonNode content() {
        return StrictJson.read(octets).orElseThrow(() -> notStrict("the payload", octets));
    }

    private static IllegalArgumentException notStrict(String what, byte[] utf8) {
        return new IllegalArgumentException(
                what + " is not strict JSON: " + StrictJson.faultIn(utf8).orElse("nothing was read"));
    }

    /** At least one; no key twice. */
    public List<Signature> signatures() {
        return signatures;
    }

    /** What the key of this signature signed (RFC 7515 §5.1). */
    public byte[] signingInput(Signature signature) {
        return signingInput(signature.header(), payload);
    }

    /** The document as JSON. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("payload", payload);
        ArrayNode array = json.putArray("signatures");
        signatures.forEach(signature -> array.addObject()
                .put("protected", signature.header())
                .put("signature", StrictBase64Url.encode(signature.value())));
        return json;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedDocument that && toJson().equals(that.toJson());
    }

    @Override
    public int hashCode() {
        return payload.hashCode();
    }

    /** The document as it is sent and stored. All its texts are base64url, so that none needs an escape. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("{\"payload\":\"").append(payload).append("\",\"signatures\":[");
        for (Signature signature : signatures) {
            text.append(text.charAt(text.length() - 1) == '[' ? "" : ",")
                    .append("{\"protected\":\"")
                    .append(signature.header())
                    .append("\",\"signature\":\"")
                    .append(StrictBase64Url.encode(signature.value()))
                    .append("\"}");
        }
        return text.append("]}").toString();
    }
}
