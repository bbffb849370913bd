package dev.hutong.hub.telemetry;

import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.VerificationCount;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Counts checks of signatures, by algorithm and by the library that does them. */
public final class SignatureMeters implements MeterBinder {
    private final SignatureProviders providers;

    public SignatureMeters(SignatureProviders providers) {
        this.providers = providers;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            register(meters, algorithm, "good", VerificationCount::good);
            register(meters, algorithm, "bad", VerificationCount::bad);
        }
    }

    private void register(
            MeterRegistry meters,
            SignatureAlgorithm algorithm,
            String result,
            ToDoubleFunction<VerificationCount> value) {
        FunctionCounter.builder("hutong.verifications", providers.count(algorithm), value)
                .description("Signatures that were checked")
                .tag("algorithm", algorithm.jose())
                .tag("provider", String.valueOf(providers.names().get(algorithm)))
                .tag("result", result)
                .register(meters);
    }
}
