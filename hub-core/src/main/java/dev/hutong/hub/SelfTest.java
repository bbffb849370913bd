package dev.hutong.hub;

import dev.hutong.hub.log.BackgroundLoop;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureSelfTest;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/** Checks published signatures at the start and every ten seconds, so that a library that breaks is noticed before codes are decided by it. */
final class SelfTest {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final SignatureSelfTest test;
    private volatile Optional<String> fault;

    private SelfTest(SignatureProviders providers) {
        this.test = new SignatureSelfTest(providers);
        this.fault = test.fault();
    }

    /** Tests once, and then again and again; not to be called on an event loop. */
    static SelfTest start(Vertx vertx, SignatureProviders providers) {
        SelfTest started = new SelfTest(providers);
        BackgroundLoop.start(vertx, EVERY, started::look);
        return started;
    }

    private void look() {
        fault = test.fault();
    }

    /** What the last test found, in one line; empty where all was well. */
    Optional<String> fault() {
        return fault;
    }
}
