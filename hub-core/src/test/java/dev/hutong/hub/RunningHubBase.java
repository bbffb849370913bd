package dev.hutong.hub;

import dev.hutong.conformance.province.VirtualProvinces;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One hub and the demo's virtual provinces, for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunningHubBase {
    protected final InstantSource clock = InstantSource.system();
    protected VirtualProvinces provinces;
    protected TestHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        provinces = VirtualProvinces.startDemo(clock);
        hub = TestHub.start(data, provinces, clock);
    }

    @AfterAll
    void stop() {
        hub.close();
        provinces.close();
    }
}
