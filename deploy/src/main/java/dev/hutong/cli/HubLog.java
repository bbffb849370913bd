package dev.hutong.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hutong.hub.config.TelemetryConfig.LogFormat;
import dev.hutong.hub.telemetry.CurrentRequest;
import java.io.IOException;
import java.util.Optional;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** How the log of a running hub is written; where it goes and what is in it {@code logback.xml} says. */
final class HubLog {
    private static final String APPENDER = "stderr";
    private static final String IGNORED = LogstashFieldNames.IGNORE_FIELD_INDICATOR;

    private HubLog() {}

    /** Writes it so from now on. What libraries tell {@code java.util.logging} goes the same way. */
    static void write(LogFormat format) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        if (format == LogFormat.JSON && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            Appender<ILoggingEvent> appender =
                    context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER);
            if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
                console.setEncoder(json(context));
            }
        }
    }

    private static LogstashEncoder json(LoggerContext context) {
        LogstashFieldNames names = new LogstashFieldNames();
        names.setTimestamp("time");
        names.setVersion(IGNORED);
        names.setLevelValue(IGNORED);
        names.setLogger("logger");
        names.setThread("thread");
        names.setStackTrace("error");
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.setFieldNames(names);
        encoder.setTimeZone("UTC");
        encoder.addProvider(new RequestIdField());
        encoder.start();
        return encoder;
    }

    /** The request that a line belongs to, where it belongs to one. */
    private static final class RequestIdField extends AbstractJsonProvider<ILoggingEvent> {
        @Override
        public void writeTo(JsonGenerator json, ILoggingEvent event) throws IOException {
            Optional<String> id = CurrentRequest.currentId();
            if (id.isPresent()) {
                json.writeStringField("requestId", id.get());
            }
        }
    }
}
