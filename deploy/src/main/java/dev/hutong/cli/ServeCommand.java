package dev.hutong.cli;

import dev.hutong.hub.Hub;
import dev.hutong.hub.config.HubConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Run a hub until it is told to end (Ctrl-C, SIGTERM).")
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration; deploy/hub.yaml is a commented sample.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the registry and the hub's key are kept (default: ./data).")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where verifiers ask (default: 8080; 0 takes a free one).")
    private @Nullable Integer port;

    @Option(
            names = "--management-port",
            paramLabel = "N",
            description = "Where operators ask (default: 9090; 0 takes a free one).")
    private @Nullable Integer managementPort;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        HubConfig effective = effectiveConfig();
        HubLog.write(effective.telemetry().logs());
        try (Hub hub = Hub.start(effective, InstantSource.system());
                UntilInterrupted running = UntilInterrupted.closing(hub)) {
            Console.of(spec)
                    .out()
                    .printf(
                            "Hutong is ready: verifiers ask %s, operators ask %s. Ctrl-C ends it.%n",
                            hub.url(), hub.managementUrl());
            return running.park();
        }
    }

    private HubConfig effectiveConfig() {
        HubConfig effective = config == null ? HubConfig.defaults() : ConfigFile.read(config);
        if (data != null) {
            effective = effective.withData(data);
        }
        if (port != null) {
            effective = effective.withPort(Ports.require("--port", port));
        }
        if (managementPort != null) {
            effective = effective.withManagementPort(Ports.require("--management-port", managementPort));
        }
        return effective;
    }
}
