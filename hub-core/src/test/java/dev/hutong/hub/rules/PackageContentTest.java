package dev.hutong.hub.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.InvalidPackageException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One content, one digest, which anybody can compute with sha256sum. */
class PackageContentTest {
    private static SortedMap<String, byte[]> files(String... pathsAndTexts) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    private static PackageContent content(String... pathsAndTexts) {
        return new PackageContent(files(pathsAndTexts));
    }

    @Test
    void theManifestHasALineForEachFileInTheOrderOfTheirPaths() {
        assertThat(content("tables/a.csv", "", "format.yaml", "abc\n").manifest())
                .isEqualTo("""
                        edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb 4 format.yaml
                        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 tables/a.csv
                        """);
    }

    @Test
    void theDigestIsTheSha256OfTheManifest() {
        assertThat(content("tables/a.csv", "", "format.yaml", "abc\n").digest().value())
                .isEqualTo("sqcNfHLQMZeSvnZZpRVnfrNo2k_NxmR4tFVY1cuoelc");
    }

    @Test
    void whateverIsChangedGivesAnotherDigest() {
        assertThat(content("format.yaml", "abc").digest())
                .isNotEqualTo(content("format.yaml", "abd").digest())
                .isNotEqualTo(content("format.yml", "abc").digest())
                .isNotEqualTo(content("format.yaml", "abc", "b", "").digest())
                .isEqualTo(content("format.yaml", "abc").digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../b", "/a", "a//b", ".a", "a/.b", "a b", "ä", "a\nb", "", "a/"})
    void aFileWithAnotherKindOfNameIsRefused(String path) {
        assertThatThrownBy(() -> content(path, ""))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessageContaining("no name of a package's file");
    }

    @Test
    void morePackageThanThereCanBeIsRefused() {
        SortedMap<String, byte[]> many = new TreeMap<>();
        for (int i = 0; i <= PackageContent.MOST_FILES; i++) {
            many.put("f" + i, new byte[0]);
        }
        assertThatThrownBy(() -> new PackageContent(many)).isInstanceOf(InvalidPackageException.class);
        SortedMap<String, byte[]> large = new TreeMap<>();
        large.put("format.yaml", new byte[PackageContent.MOST_OCTETS + 1]);
        assertThatThrownBy(() -> new PackageContent(large)).isInstanceOf(InvalidPackageException.class);
    }

    @Test
    void aPackageWithoutItsDocumentMeansNothing() {
        assertThatThrownBy(() -> content("examples.yaml", "").compile(Regions.load()))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessageContaining("format.yaml is missing");
    }
}
