package dev.hutong.cli;

import dev.hutong.hub.Hub;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.WarmUpConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** A hub within the test, not warmed up, that is held to the contract by whatever is asked of it. */
final class WatchedHub implements AutoCloseable {
    private final Hub hub;
    private final ContractProxy verifiers;
    private final ContractProxy operators;

    private WatchedHub(HubConfig config, InstantSource clock) throws IOException {
        this.verifiers = new ContractProxy(ContractWatch.ofVerifiers());
        this.operators = new ContractProxy(ContractWatch.ofOperators());
        try {
            this.hub = Hub.start(config.withPublicUrl(verifiers.url()), clock);
        } catch (RuntimeException e) {
            closeProxies();
            throw e;
        }
        verifiers.before(hub.url());
        operators.before(hub.managementUrl());
    }

    /** Starts one on free ports that keeps all in this folder. */
    static WatchedHub start(Path data, InstantSource clock) {
        return start(data, clock, UnaryOperator.identity());
    }

    /** Starts one on free ports that keeps all in this folder, and of whose configuration more is said. */
    static WatchedHub start(Path data, InstantSource clock, UnaryOperator<HubConfig> more) {
        HubConfig config = HubConfig.defaults()
                .withWarmUp(WarmUpConfig.NONE)
                .withData(data)
                .withPort(0)
                .withManagementPort(0);
        try {
            return new WatchedHub(more.apply(config), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where verifiers ask, and what it calls itself. */
    URI url() {
        return verifiers.url();
    }

    /** Where operators ask. */
    URI managementUrl() {
        return operators.url();
    }

    private void closeProxies() {
        try (operators) {
            verifiers.close();
        }
    }

    @Override
    public void close() {
        try (hub) {
            closeProxies();
        }
    }
}
