package dev.hutong.province;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;

/** Sends one request to a province's platform. */
public interface PlatformClient {
    /** An answer of more bytes counts as none. */
    int LONGEST_ANSWER = 64 * 1024;

    /**
     * Posts JSON. The future never fails: what did not come is {@link PlatformReply.Missing}.
     *
     * @param within the time for the whole answer
     */
    Future<PlatformReply> post(URI url, Buffer json, Duration within);
}
