package dev.hutong.province;

import io.vertx.core.buffer.Buffer;

/** What came of a request to a platform. */
public sealed interface PlatformReply {
    /**
     * A complete HTTP answer, whatever it says.
     *
     * @param mediaType lower case, without parameters; empty where none was given
     */
    record Answered(int status, String mediaType, Buffer body) implements PlatformReply {}

    /** No complete answer in time: no connection, a reset, a time-out, too many bytes. */
    record Missing(String why) implements PlatformReply {}

    /** The body as it came; none where nothing complete did. */
    default byte[] octets() {
        return switch (this) {
            case Answered answered -> answered.body.getBytes();
            case Missing missing -> new byte[0];
        };
    }
}
