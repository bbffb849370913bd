package dev.hutong.mapping.policy;

import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which policy judges for which destination. A region without one of its own, and a request that names none, use {@code default}. */
public final class Policies {
    private final Regions regions;
    private final Policy defaultPolicy;

    private Policies(Regions regions, Policy defaultPolicy) {
        this.regions = regions;
        this.defaultPolicy = defaultPolicy;
    }

    /** The policies that travel with this module. */
    public static Policies bundled(Regions regions) {
        return Yaml.withBundled("/policies", folder -> {
            try {
                return new Policies(regions, Yaml.read(folder.resolve("default.yaml"), Policy.class));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * The policy of a destination; empty where the destination is not a region of GB/T 2260.
     *
     * @param destination six digits, or null where the request named none
     */
    public Optional<Policy> find(@Nullable String destination) {
        return destination == null || regions.find(destination).isPresent()
                ? Optional.of(defaultPolicy)
                : Optional.empty();
    }

    /** The policy of every region that has none of its own. */
    public Policy defaultPolicy() {
        return defaultPolicy;
    }
}
