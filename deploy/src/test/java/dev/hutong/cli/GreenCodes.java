package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hutong.conformance.province.Registration;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.LocalRegistration;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;

/** A province that a hub knows and whose people are all green. */
final class GreenCodes implements AutoCloseable {
    private static final String PROVINCE = "440000.yuekangma";

    private final InstantSource clock = InstantSource.system();
    private final VirtualProvinces provinces;

    private GreenCodes(VirtualProvinces provinces) {
        this.provinces = provinces;
    }

    /** Registers it in the folder or database that this configuration names, which no hub holds. */
    static GreenCodes registeredWith(Path config) {
        GreenCodes codes = new GreenCodes(VirtualProvinces.startDemo(InstantSource.system()));
        DataFolder.hold(ConfigFile.read(config), (data, registry) -> {
            LocalRegistration local = new LocalRegistration(registry, codes.clock);
            for (Registration province : codes.provinces.registrations()) {
                province.publicJwks()
                        .forEach(jwk -> assertThat(local.add(
                                        new IssuerId(province.issuerId()),
                                        province.name(),
                                        province.platform(),
                                        key(jwk)))
                                .isInstanceOf(LocalRegistration.Result.Added.class));
            }
            return ExitCodes.OK;
        });
        return codes;
    }

    private static PublicJwk key(String jwk) {
        return switch (PublicJwk.parse(jwk.getBytes(StandardCharsets.UTF_8))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk admitted) -> admitted;
            case KeyAdmission.Refused<PublicJwk> refused -> throw new IllegalStateException(refused.explanation());
        };
    }

    /** What a gate asks about a green code that is issued just now, another one each time. */
    String question() {
        long now = clock.instant().getEpochSecond();
        String code = provinces
                .province(PROVINCE)
                .sign(JsonNodeFactory.instance
                        .objectNode()
                        .put("iss", PROVINCE)
                        .put("jti", UUID.randomUUID().toString())
                        .put("sub", "a-pseudonym")
                        .put("iat", now)
                        .put("exp", now + 300)
                        .put("asof", now)
                        .put("ver", 2)
                        .put("mz", "G"))
                .text();
        return JsonNodeFactory.instance.objectNode().put("code", code).toString();
    }

    @Override
    public void close() {
        provinces.close();
    }
}
