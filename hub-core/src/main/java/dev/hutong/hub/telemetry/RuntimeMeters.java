package dev.hutong.hub.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** Measures what the hub runs on: the JVM, the process, and which build of the hub it is. */
final class RuntimeMeters implements MeterBinder, AutoCloseable {
    private final JvmGcMetrics collector = new JvmGcMetrics();

    @Override
    public void bindTo(MeterRegistry meters) {
        List.of(
                        collector,
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(meters));
        Gauge.builder("hutong.build.info", () -> 1)
                .description("Which build this is; always 1")
                .tag("version", version())
                .tag("java", Runtime.version().toString())
                .register(meters);
    }

    private static String version() {
        try (InputStream build = Objects.requireNonNull(RuntimeMeters.class.getResourceAsStream("build.properties"))) {
            Properties properties = new Properties();
            properties.load(build);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        collector.close();
    }
}
