package dev.hutong.registry.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The proofs that transparency-dev/merkle publishes, good and spoilt. Their README says where they are from and how they are written down. */
class PublishedProofsTest {
    /** They are of roots that are no hashes, which are refused here before anything is proved of them. */
    private static final Set<String> OF_NO_HASHES = Set.of(
            "additional: sizes are equal (zero) and proof is empty",
            "additional: sizes are equal (one) and proof is empty");

    /** A vector, shown by its name. */
    record Vector(JsonNode json) {
        boolean good() {
            return !json.get("wantErr").booleanValue() && !OF_NO_HASHES.contains(toString());
        }

        /** 2^64 − 1 becomes −1: sizes and indices are unsigned there. */
        long number(String member) {
            return json.get(member).bigIntegerValue().longValue();
        }

        Optional<TreeHash> hash(String member) {
            return TreeHash.parse(json.get(member).textValue());
        }

        Optional<Checkpoint> checkpoint(String size, String root) {
            return hash(root).map(hash -> new Checkpoint(number(size), hash));
        }

        /** Empty where one of the hashes is none. */
        Optional<List<TreeHash>> proof() {
            List<TreeHash> hashes = new ArrayList<>();
            for (JsonNode one : json.get("proof")) {
                TreeHash.parse(one.textValue()).ifPresent(hashes::add);
            }
            return hashes.size() == json.get("proof").size() ? Optional.of(hashes) : Optional.empty();
        }

        @Override
        public String toString() {
            return json.get("name").textValue();
        }
    }

    private static List<Vector> vectors(String file) throws IOException {
        List<Vector> vectors = new ArrayList<>();
        try (InputStream in =
                Objects.requireNonNull(PublishedProofsTest.class.getResourceAsStream("/transparency-dev/" + file))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                vectors.add(new Vector(new ObjectMapper().readTree(line)));
            }
        }
        return vectors;
    }

    static Stream<Vector> ofInclusion() throws IOException {
        return vectors("inclusion.jsonl").stream();
    }

    static Stream<Vector> ofConsistency() throws IOException {
        return vectors("consistency.jsonl").stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofInclusion")
    void aLeafIsProvedByTheGoodOnesOnly(Vector vector) {
        boolean verified = vector.hash("leafHash")
                .flatMap(leaf -> vector.checkpoint("treeSize", "root")
                        .flatMap(checkpoint -> vector.proof()
                                .map(proof -> MerkleProofs.verifyInclusion(
                                        leaf, vector.number("leafIdx"), checkpoint, proof))))
                .orElse(false);

        assertThat(verified).isEqualTo(vector.good());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofConsistency")
    void anOlderLogIsProvedByTheGoodOnesOnly(Vector vector) {
        boolean verified = vector.checkpoint("size1", "root1")
                .flatMap(older -> vector.checkpoint("size2", "root2")
                        .flatMap(newer ->
                                vector.proof().map(proof -> MerkleProofs.verifyConsistency(older, newer, proof))))
                .orElse(false);

        assertThat(verified).isEqualTo(vector.good());
    }
}
