package dev.hutong.registry.tlog;

import dev.hutong.registry.merkle.MerkleProofs;
import dev.hutong.registry.merkle.TreeHash;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A proof to be kept and checked offline: that a leaf is in a log which has said so under its signature (C2SP tlog-proof@v1).
 *
 * @param extra whatever the issuer added, in base64 and not empty; nobody signed it
 * @param index the leaf's, from 0
 * @param path from the leaf's sibling up to the root's child (RFC 6962 §2.1.1), at most {@value #MAX_HASHES} hashes
 * @param checkpoint that the path leads to
 */
public record TlogProof(Optional<String> extra, long index, List<TreeHash> path, SignedCheckpoint checkpoint) {
    /** No tree of fewer than 2^63 leaves has a longer path. */
    public static final int MAX_HASHES = 63;

    private static final String HEADER = "c2sp.org/tlog-proof@v1";

    /** @throws IllegalArgumentException if it cannot be written */
    public TlogProof {
        path = List.copyOf(path);
        if (index < 0 || path.size() > MAX_HASHES) {
            throw new IllegalArgumentException("A proof has an index from 0 and at most " + MAX_HASHES + " hashes");
        }
        if (extra.isPresent() && !isExtra(extra.get())) {
            throw new IllegalArgumentException("Extra data are strict base64 of at least one octet");
        }
    }

    /** The proof that these octets are. */
    public static Parsed<TlogProof> parse(byte[] octets) {
        return LogText.decode(octets).then(TlogProof::parse);
    }

    private static Parsed<TlogProof> parse(String proof) {
        int blank = proof.indexOf("\n\n");
        if (blank < 0) {
            return Parsed.malformed("there is no blank line between proof and checkpoint");
        }
        List<String> lines = List.of(proof.substring(0, blank).split("\n", -1));
        if (!lines.getFirst().equals(HEADER)) {
            return Parsed.malformed("the first line is not " + HEADER);
        }
        Optional<String> extra = lines.stream()
                .skip(1)
                .findFirst()
                .filter(line -> line.startsWith("extra "))
                .map(line -> line.substring("extra ".length()));
        if (extra.isPresent() && !isExtra(extra.get())) {
            return Parsed.malformed("the extra data are not strict base64 of at least one octet");
        }
        return parse(extra, lines.subList(extra.isPresent() ? 2 : 1, lines.size()), proof.substring(blank + 2));
    }

    private static Parsed<TlogProof> parse(Optional<String> extra, List<String> lines, String checkpoint) {
        OptionalLong index = lines.isEmpty() ? OptionalLong.empty() : LogText.numberAfter("index", lines.getFirst());
        if (index.isEmpty()) {
            return Parsed.malformed("there is no line \"index\" with a decimal number below 2^63");
        }
        if (lines.size() - 1 > MAX_HASHES) {
            return Parsed.malformed("the proof has more than " + MAX_HASHES + " hashes");
        }
        return LogText.hashes(lines.subList(1, lines.size()))
                .then(path -> SignedCheckpoint.parse(checkpoint)
                        .then(signed -> Parsed.valid(new TlogProof(extra, index.getAsLong(), path, signed))));
    }

    private static boolean isExtra(String base64) {
        return !base64.isEmpty() && LogText.base64(base64).isPresent();
    }

    /** Why this does not prove to who has this policy that the leaf is in the log, in words for people; empty where it does. */
    public Optional<String> faultIn(TreeHash leaf, LogPolicy policy) {
        return policy.faultIn(checkpoint)
                .or(() -> MerkleProofs.verifyInclusion(leaf, index, checkpoint.checkpoint(), path)
                        ? Optional.empty()
                        : Optional.of("the proof does not lead from this leaf, as entry " + index
                                + ", to the checkpoint's root"));
    }

    /** As it is stored, in UTF-8; the name of such a file ends in {@code .tlog-proof}. */
    public byte[] octets() {
        return LogText.octets(toString());
    }

    /** As it is stored. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        extra.ifPresent(base64 -> text.append("extra ").append(base64).append('\n'));
        text.append("index ").append(index).append('\n');
        LogText.appendHashes(text, path);
        return text.append('\n').append(checkpoint).toString();
    }
}
