package dev.hutong.cli;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.hutong.hub.telemetry.CurrentRequest;

/** {@code %request} in {@code logback.xml}: the request that a line belongs to, in brackets; nothing where it belongs to none. */
public final class RequestIdConverter extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return CurrentRequest.currentId().map(id -> " [" + id + "]").orElse("");
    }
}
