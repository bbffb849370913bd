package dev.hutong.registry.tlog;

import static dev.hutong.registry.tlog.TlogFixtures.utf8;
import static dev.hutong.registry.tlog.TlogFixtures.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilesTest {
    /** The example of C2SP tlog-tiles, "Merkle Tree". */
    @Test
    void thePublishedIndexHasThePublishedPath() {
        assertThat(new TilePath.OfHashes(0, 1_234_067, 256)).hasToString("tile/0/x001/x234/067");
        assertThat(valid(TilePath.parse("tile/0/x001/x234/067"))).isEqualTo(new TilePath.OfHashes(0, 1_234_067, 256));
    }

    @Test
    void partialTilesAndBundlesHaveTheirWidthInTheirPath() {
        assertThat(new TilePath.OfHashes(63, 0, 255)).hasToString("tile/63/000.p/255");
        assertThat(new TilePath.OfEntries(273, 112)).hasToString("tile/entries/273.p/112");
        assertThat(new TilePath.OfEntries(1000, 256)).hasToString("tile/entries/x001/000");
    }

    @Property(tries = 1000)
    void aPathIsReadAsWhatItWasWrittenFrom(
            @ForAll @IntRange(max = 63) int level,
            @ForAll @LongRange(max = 999_999_999_999_999_999L) long index,
            @ForAll @IntRange(min = 1, max = 256) int width) {
        TilePath hashes = new TilePath.OfHashes(level, index, width);
        TilePath entries = new TilePath.OfEntries(index, width);
        assertThat(valid(TilePath.parse(hashes.toString()))).isEqualTo(hashes);
        assertThat(valid(TilePath.parse(entries.toString()))).isEqualTo(entries);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/0",
                "tile/0/",
                "/tile/0/000",
                "tile/0/000/",
                "tile/00/000",
                "tile/64/000",
                "tile/-1/000",
                "tile/0/0",
                "tile/0/0000",
                "tile/0/x000/067",
                "tile/0/x001/x234/x067",
                "tile/0/001/234/067",
                "tile/0/x1/067",
                "tile/0/x001/x000/x000/x000/x000/x000/000",
                "tile/0/000.p/0",
                "tile/0/000.p/00",
                "tile/0/000.p/01",
                "tile/0/000.p/256",
                "tile/0/000.p/999",
                "tile/0/000.p/",
                "tile/0/000.p",
                "tile/entries/000.p/256",
                "tile/Entries/000",
                "tile/data/000",
                "tile/0/\u0660\u0660\u0660",
                "tile/0/../000",
                "tile/0/%30%30%30",
                "tile/0/000\n"
            })
    void whatIsNoPathIsRefusedWithAReason(String path) {
        assertThat(TilePath.parse(path).asOptional()).isEmpty();
        assertThat(TilePath.parse(path).fault().orElseThrow()).isNotBlank();
    }

    @Test
    void aTileThatNoLogHasHasNoPath() {
        assertThatThrownBy(() -> new TilePath.OfHashes(64, 0, 256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TilePath.OfHashes(0, -1, 256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TilePath.OfEntries(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TilePath.OfEntries(0, 257)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEntryStandsBehindItsLength() {
        assertThat(EntryBundle.write(List.of(utf8("ab"), new byte[0], new byte[258])))
                .startsWith(0, 2, 'a', 'b', 0, 0, 1, 2)
                .hasSize(2 + 2 + 2 + 2 + 258);
    }

    @Property(tries = 200)
    void aBundleIsReadAsWhatItWasWrittenFrom(@ForAll @Size(min = 1, max = 256) List<byte[]> leaves) {
        List<byte[]> read = valid(EntryBundle.parse(EntryBundle.write(leaves)));
        assertThat(read).hasSameSizeAs(leaves);
        for (int i = 0; i < leaves.size(); i++) {
            assertThat(read.get(i)).isEqualTo(leaves.get(i));
        }
    }

    @Property(tries = 1000)
    void arbitraryOctetsAreABundleOnlyInTheirOneSpelling(@ForAll byte[] octets) {
        EntryBundle.parse(octets)
                .asOptional()
                .ifPresent(leaves -> assertThat(EntryBundle.write(leaves)).isEqualTo(octets));
    }

    @Test
    void theLongestLeafIsServedAndALongerOneRefused() {
        byte[] longest = new byte[EntryBundle.MAX_LEAF_OCTETS];
        assertThat(valid(EntryBundle.parse(EntryBundle.write(List.of(longest)))).getFirst())
                .isEqualTo(longest);
        assertThatThrownBy(() -> EntryBundle.write(List.of(new byte[65_536])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBundleHasOneToTwoHundredAndFiftySixWholeEntries() {
        assertThat(EntryBundle.parse(new byte[0]).fault()).isPresent();
        assertThat(EntryBundle.parse(new byte[] {0}).fault()).isPresent();
        assertThat(EntryBundle.parse(new byte[] {0, 2, 1}).fault()).isPresent();
        assertThat(EntryBundle.parse(new byte[] {0, 1, 1, 0}).fault()).isPresent();
        assertThat(EntryBundle.parse(new byte[2 * 256]).asOptional()).isPresent();
        assertThat(EntryBundle.parse(new byte[2 * 257]).fault()).isPresent();
        assertThatThrownBy(() -> EntryBundle.write(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryBundle.write(Collections.nCopies(257, new byte[0])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
