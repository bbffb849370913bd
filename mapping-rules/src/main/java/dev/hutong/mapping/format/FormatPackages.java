package dev.hutong.mapping.format;

import dev.hutong.mapping.FormatId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The format packages that judge at one time, in the order of their ids: one version of each format. */
public record FormatPackages(List<FormatPackage> packages) {
    public FormatPackages {
        packages = packages.stream()
                .sorted(Comparator.comparing(format -> format.id().value()))
                .toList();
        Map<FormatId, FormatPackage> seen = new LinkedHashMap<>();
        for (FormatPackage format : packages) {
            if (seen.put(format.id(), format) != null) {
                throw new IllegalArgumentException("format " + format.id() + " comes twice");
            }
        }
    }
}
