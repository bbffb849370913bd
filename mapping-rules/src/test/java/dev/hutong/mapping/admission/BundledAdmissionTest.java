package dev.hutong.mapping.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hutong.mapping.Regions;
import dev.hutong.mapping.policy.Policies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every package that travels with the hub is admitted. */
class BundledAdmissionTest {
    private static final Path FORMATS = Path.of("formats");
    private static final Regions REGIONS = Regions.load();

    private final Admission admission = new Admission(REGIONS, Policies.bundled(REGIONS));

    @TestFactory
    Stream<DynamicTest> everyBundledPackageIsAdmitted() {
        return folders().stream()
                .map(folder -> dynamicTest(folder.getFileName().toString(), () -> assertAdmitted(folder)));
    }

    private void assertAdmitted(Path folder) {
        AdmissionReport report = admission.check(folder);
        assertThat(report.findings())
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .isEmpty();
        assertThat(report.mutants()).isGreaterThan(10);
        assertThat(report.mutationScore()).isGreaterThanOrEqualTo(Mutation.LEAST_SCORE);
        assertThat(report.examples()).isGreaterThanOrEqualTo(Completeness.FEWEST_EXAMPLES);
        assertThat(report.cost()).isBetween(1L, CostBound.LIMIT);
    }

    private static List<Path> folders() {
        try (Stream<Path> folders = Files.list(FORMATS)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
