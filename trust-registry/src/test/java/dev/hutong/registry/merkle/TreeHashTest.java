package dev.hutong.registry.merkle;

import static dev.hutong.registry.merkle.Leaves.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class TreeHashTest {
    @Test
    void aLeafIsNeverANode() {
        TreeHash a = leaf(1);
        TreeHash b = leaf(2);
        byte[] joined = new byte[64];
        System.arraycopy(a.octets(), 0, joined, 0, 32);
        System.arraycopy(b.octets(), 0, joined, 32, 32);
        assertThat(TreeHash.ofLeaf(joined)).isNotEqualTo(TreeHash.ofNode(a, b));
    }

    @Test
    void hashesHaveThirtyTwoOctetsAndKeepThem() {
        assertThatThrownBy(() -> TreeHash.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        TreeHash hash = leaf(1);
        hash.octets()[0] ^= 1;
        assertThat(TreeHash.of(hash.octets())).isEqualTo(leaf(1)).hasSameHashCodeAs(leaf(1));
        assertThat(hash.toBase64()).hasSize(44);
        assertThatThrownBy(() -> new Checkpoint(-1, hash)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theBase64TextOfAHashIsReadBack() {
        assertThat(TreeHash.parse(leaf(1).toBase64())).hasValue(leaf(1));
    }

    @Test
    void noOtherTextIsAHash() {
        String text = TreeHash.of(new byte[32]).toBase64();
        assertThat(text).endsWith("AA=");
        assertThat(TreeHash.parse("")).isEmpty();
        assertThat(TreeHash.parse(text.substring(0, 43))).isEmpty();
        assertThat(TreeHash.parse(text.substring(0, 42) + "B=")).isEmpty();
        assertThat(TreeHash.parse(text + "\n")).isEmpty();
        assertThat(TreeHash.parse(" " + text)).isEmpty();
        assertThat(TreeHash.parse(text.replace('A', '-'))).isEmpty();
        assertThat(TreeHash.parse(text.replace('A', '\u4e2d'))).isEmpty();
        assertThat(TreeHash.parse(Base64.getEncoder().encodeToString(new byte[31])))
                .isEmpty();
        assertThat(TreeHash.parse(Base64.getEncoder().encodeToString(new byte[33])))
                .isEmpty();
    }
}
