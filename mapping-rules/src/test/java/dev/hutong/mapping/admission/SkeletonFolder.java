package dev.hutong.mapping.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.policy.Policies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A sound package of a made-up format, in a folder of its own; tests put one thing wrong. */
record SkeletonFolder(Path folder) {
    static final Regions REGIONS = Regions.load();
    static final Admission ADMISSION = new Admission(REGIONS, Policies.bundled(REGIONS));

    static SkeletonFolder in(Path parent, PackageSkeleton.Kind kind) {
        try {
            return new SkeletonFolder(
                    new PackageSkeleton(new FormatId("example"), new RegionCode("420000"), kind, "../schema")
                            .writeTo(parent));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SkeletonFolder format(String own, String other) {
        return replace("format.yaml", own, other);
    }

    SkeletonFolder examples(String own, String other) {
        return replace("examples.yaml", own, other);
    }

    private SkeletonFolder replace(String file, String own, String other) {
        try {
            String text = Files.readString(folder.resolve(file));
            assertThat(text).containsOnlyOnce(own);
            Files.writeString(folder.resolve(file), text.replace(own, other));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line on which {@code text} stands, which is there once. */
    int line(String file, String text) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(file));
            List<Integer> found = lines.stream()
                    .filter(line -> line.contains(text))
                    .map(lines::indexOf)
                    .toList();
            assertThat(found).hasSize(1);
            return found.getFirst() + 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AdmissionReport report() {
        return ADMISSION.check(folder);
    }

    List<Finding> errors() {
        return report().findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
    }
}
