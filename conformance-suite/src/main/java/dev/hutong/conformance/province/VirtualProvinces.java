package dev.hutong.conformance.province;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hutong.conformance.jose.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The virtual provinces of one data file, with fresh keys and running platforms. Closing stops the platforms. */
public final class VirtualProvinces implements AutoCloseable {
    private static final ObjectMapper YAML = new YAMLMapper();
    /** Longer than any code of the scenario is old. */
    private static final Duration KEYS_OLDER_THAN_CODES = Duration.ofDays(30);

    private final Map<String, VirtualProvince> idToProvince = new LinkedHashMap<>();
    private final List<VirtualPlatform> platforms = new ArrayList<>();
    private final Instant keysValidFrom;

    private VirtualProvinces(ProvinceSheet sheet, InstantSource clock) {
        this.keysValidFrom = clock.instant().minus(KEYS_OLDER_THAN_CODES);
        sheet.provinces().forEach(description -> {
            if (idToProvince.put(description.issuer(), new VirtualProvince(description)) != null) {
                throw new IllegalArgumentException(description.issuer() + " is described twice");
            }
        });
        try {
            sheet.provinces().forEach(description -> startPlatform(description, clock));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startPlatform(ProvinceSheet.Province description, InstantSource clock) {
        if (description.platform() == null) {
            return;
        }
        VirtualProvince province = province(description.issuer());
        Supplier<SigningKey> foreignKey = () -> otherThan(province).key();
        VirtualPlatform platform = VirtualPlatform.start(province, description.platform(), foreignKey, clock);
        platforms.add(platform);
        province.runs(platform);
    }

    /**
     * Makes the keys and starts the platforms that a file describes.
     *
     * @param provincesYaml the file; read to its end, not closed
     * @param clock what {@code iat} and {@code exp} of answers come from
     * @throws IllegalArgumentException if the file is not what it must be
     */
    public static VirtualProvinces start(InputStream provincesYaml, InstantSource clock) {
        try {
            return new VirtualProvinces(YAML.readValue(provincesYaml, ProvinceSheet.class), clock);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the provinces: " + e.getMessage(), e);
        }
    }

    /** The provinces of the demo, {@code demo/provinces.yaml} in this module. */
    public static VirtualProvinces startDemo(InstantSource clock) {
        return startBundled("/demo/provinces.yaml", clock);
    }

    private static VirtualProvinces startBundled(String name, InstantSource clock) {
        try (InputStream yaml = Objects.requireNonNull(VirtualProvinces.class.getResourceAsStream(name))) {
            return start(yaml, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The provinces whose formats the demo does not show, {@code demo/more-provinces.yaml} in this module. */
    public static VirtualProvinces startMore(InstantSource clock) {
        return startBundled("/demo/more-provinces.yaml", clock);
    }

    /** All of them, in the order of the file. */
    public List<VirtualProvince> all() {
        return List.copyOf(idToProvince.values());
    }

    /**
     * One of them.
     *
     * @throws IllegalArgumentException if the file has no such issuer
     */
    public VirtualProvince province(String issuerId) {
        VirtualProvince province = idToProvince.get(issuerId);
        if (province == null) {
            throw new IllegalArgumentException(
                    "no virtual province " + issuerId + ": there is " + idToProvince.keySet());
        }
        return province;
    }

    /** What a hub's registry must know before the codes can be read. */
    public List<Registration> registrations() {
        return all().stream()
                .map(province -> new Registration(
                        province.issuerId(),
                        province.name(),
                        province.publicJwks(),
                        province.platform(),
                        keysValidFrom))
                .toList();
    }

    private VirtualProvince otherThan(VirtualProvince province) {
        return all().stream()
                .filter(other -> other != province)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is only one virtual province"));
    }

    @Override
    public void close() {
        platforms.forEach(VirtualPlatform::close);
    }
}
