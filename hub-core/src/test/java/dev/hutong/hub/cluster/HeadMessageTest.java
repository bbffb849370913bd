package dev.hutong.hub.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.TreeHash;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadMessageTest {
    private static final Checkpoint HEAD = new Checkpoint(7, TreeHash.ofLeaf(new byte[] {1}));

    @Test
    void aHeadComesBackFromItsMessage() {
        assertThat(HeadMessage.read(HeadMessage.write(HEAD))).contains(HEAD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 39, 41})
    void anotherLengthIsNoHead(int length) {
        assertThat(HeadMessage.read(Arrays.copyOf(HeadMessage.write(HEAD), length)))
                .isEmpty();
    }

    @Test
    void aNegativeSizeIsNoHead() {
        byte[] message = HeadMessage.write(HEAD);
        message[0] = (byte) 0x80;

        assertThat(HeadMessage.read(message)).isEmpty();
    }
}
