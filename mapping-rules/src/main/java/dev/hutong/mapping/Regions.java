package dev.hutong.mapping;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The administrative divisions of GB/T 2260, down to counties, and the names of provinces and prefectures. Data, read once from
 * {@code regions/gbt2260.csv}.
 */
public final class Regions {
    private final Set<String> codes;
    private final Map<String, RegionCode> nameToCode;
    private final Map<RegionCode, String> codeToName;

    private Regions(Set<String> codes, Map<String, RegionCode> nameToCode, Map<RegionCode, String> codeToName) {
        this.codes = Set.copyOf(codes);
        this.nameToCode = Map.copyOf(nameToCode);
        this.codeToName = Map.copyOf(codeToName);
    }

    /** Reads the table that travels with this module. */
    public static Regions load() {
        Set<String> codes = new HashSet<>();
        Map<String, RegionCode> nameToCode = new HashMap<>();
        Map<RegionCode, String> codeToName = new HashMap<>();
        var resource = Objects.requireNonNull(
                Regions.class.getResourceAsStream("/regions/gbt2260.csv"), "regions/gbt2260.csv");
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String code = line.substring(0, 6);
                codes.add(code);
                for (String name : line.substring(7).split(";", -1)) {
                    if (code.endsWith("00") && !name.isEmpty()) {
                        RegionCode region = new RegionCode(code);
                        nameToCode.putIfAbsent(name, region);
                        codeToName.putIfAbsent(region, name);
                    }
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Regions(codes, nameToCode, codeToName);
    }

    /** The region with this code, or empty where GB/T 2260 has none such. */
    public Optional<RegionCode> find(String code) {
        return codes.contains(code) ? Optional.of(new RegionCode(code)) : Optional.empty();
    }

    /** The province or prefecture of this name ({@code 广东省}, {@code 广东}); empty where the name is not known. */
    public Optional<RegionCode> named(String name) {
        return Optional.ofNullable(nameToCode.get(name));
    }

    /** The full name of a province or prefecture ({@code 广东省}); empty where there is none to it. */
    public Optional<String> nameOf(RegionCode region) {
        return Optional.ofNullable(codeToName.get(region));
    }
}
