package dev.hutong.registry.jose;

/** Every ground on which a key is refused, with what its owner can do about it. */
public enum KeyFault {
    NOT_JSON("Pass one JSON Web Key (RFC 7517) as UTF-8 JSON."),
    NOT_A_KEY("Pass one JSON Web Key: a JSON object whose \"kty\" is EC, OKP or SM2."),
    PRIVATE_MEMBER_PRESENT(
            "Pass the public key, the file that ends in .pub.json; treat this private key as disclosed if it left its host."),
    UNSUPPORTED_TYPE("Use EC with crv P-256 (ES256), OKP with crv Ed25519 (EdDSA), or SM2."),
    UNSUPPORTED_CURVE("Use crv P-256 with EC, or Ed25519 with OKP; an SM2 key has kty SM2 and no crv."),
    MALFORMED_COORDINATE(
            "Write each coordinate as exactly 32 octets, leading zeros kept, in base64url without padding."),
    POINT_NOT_ON_CURVE("Generate the key anew or export it again: this is not a public key of its curve."),
    ALGORITHM_MISMATCH("Leave \"alg\" out or give the key's own: ES256 for P-256, EdDSA for Ed25519, SM2 for SM2."),
    NOT_FOR_SIGNATURES("Offer a signing key: \"use\" is \"sig\" or left out."),
    OPERATIONS_MISMATCH(
            "Leave \"key_ops\" out, or give [\"verify\"] for a public key and [\"sign\"] for a private one."),
    THUMBPRINT_MISMATCH("Leave \"kid\" out or give the key's RFC 7638 SHA-256 thumbprint."),
    MALFORMED_SIGNER_ID("Give \"sm2_id\" as a text of 1 to 255 octets of UTF-8, or leave it out for 1234567812345678."),
    PRIVATE_MEMBER_MISSING("Pass the private key file; this one has no \"d\"."),
    PRIVATE_MEMBER_INVALID("Generate the key pair anew: \"d\" is not the private half of this public key.");

    private final String remedy;

    KeyFault(String remedy) {
        this.remedy = remedy;
    }

    /** What to do, in one sentence. */
    public String remedy() {
        return remedy;
    }
}
