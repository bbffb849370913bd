package dev.hutong.conformance.province;

import com.github.tomakehurst.wiremock.common.Notifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** WireMock's messages in this process's log; the library brings a logging of its own that nobody reads. */
final class LoggingNotifier implements Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualPlatform.class);

    @Override
    public void info(String message) {
        LOG.debug("{}", message);
    }

    @Override
    public void error(String message) {
        LOG.warn("{}", message);
    }

    @Override
    public void error(String message, Throwable cause) {
        LOG.warn("{}", message, cause);
    }
}
