package dev.hutong.hub.tls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.InstantSource;

/** What is measured of an endpoint's TLS. */
public final class TlsMeters implements MeterBinder {
    private final LiveTls tls;
    private final InstantSource clock;

    public TlsMeters(LiveTls tls, InstantSource clock) {
        this.tls = tls;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder(
                        "hutong.tls.certificate.remaining",
                        tls,
                        one -> seconds(Duration.between(clock.instant(), one.expires())))
                .description(
                        "For how long the certificate is good that the endpoint serves with; negative once it is not")
                .baseUnit("seconds")
                .tag("endpoint", tls.endpoint())
                .register(meters);
        Gauge.builder("hutong.tls.files.age", tls, one -> seconds(Duration.between(one.usableAt(), clock.instant())))
                .description("Since when the endpoint's files were last seen to be good")
                .baseUnit("seconds")
                .tag("endpoint", tls.endpoint())
                .register(meters);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
