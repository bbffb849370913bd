package dev.hutong.cli;

import dev.hutong.hub.Hub;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.WarmUpConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/** A hub within the test, not warmed up, that is held to the contract by whatever is asked of it. */
final class WatchedHub implements AutoCloseable {
    private final Hub hub;
    private final ContractProxy verifiers;
    private final ContractProxy operators;

    private WatchedHub(Hub hub) throws IOException {
        this.hub = hub;
        this.verifiers = new ContractProxy(hub.url(), ContractWatch.ofVerifiers());
        this.operators = new ContractProxy(hub.managementUrl(), ContractWatch.ofOperators());
    }

    /** Starts one on free ports that keeps all in this folder. */
    static WatchedHub start(Path data, InstantSource clock) {
        Hub hub = Hub.start(
                HubConfig.defaults()
                        .withWarmUp(WarmUpConfig.NONE)
                        .withData(data)
                        .withPort(0)
                        .withManagementPort(0),
                clock);
        try {
            return new WatchedHub(hub);
        } catch (IOException e) {
            hub.close();
            throw new UncheckedIOException(e);
        }
    }

    /** Where verifiers ask. */
    URI url() {
        return verifiers.url();
    }

    /** By what it calls itself, and where nothing is held to the contract. */
    URI name() {
        return hub.url();
    }

    /** Where operators ask. */
    URI managementUrl() {
        return operators.url();
    }

    @Override
    public void close() {
        try (hub;
                verifiers) {
            operators.close();
        }
    }
}
