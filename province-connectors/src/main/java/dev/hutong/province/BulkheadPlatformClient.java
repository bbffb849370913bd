package dev.hutong.province;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;

/**
 * Gives each platform so many calls at once and no more, so that one that is slow holds a few enquiries and not all of the hub's. Never
 * waits: a call too many is refused at once, and is no fault of the platform's.
 */
public final class BulkheadPlatformClient implements PlatformClient {
    private final PlatformClient client;
    private final BulkheadRegistry bulkheads;

    /** @param atOnce how many calls each platform is asked at the same time, 1 or more */
    public BulkheadPlatformClient(PlatformClient client, int atOnce) {
        this.client = client;
        this.bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
                .maxConcurrentCalls(atOnce)
                .maxWaitDuration(Duration.ZERO)
                .build());
    }

    @Override
    public Future<PlatformReply> post(URI url, Buffer json, Duration within) {
        Bulkhead bulkhead = bulkheads.bulkhead(url.getAuthority());
        if (!bulkhead.tryAcquirePermission()) {
            return Future.succeededFuture(new PlatformReply.Missing(
                    "not asked: too many enquiries wait for the platform already (bulkhead full)"));
        }
        return client.post(url, json, within).onComplete(done -> bulkhead.onComplete());
    }
}
