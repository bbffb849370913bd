package dev.hutong.hub;

import dev.hutong.hub.config.HubConfig.Endpoint;
import dev.hutong.hub.tls.LiveTls;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A server that is to be.
 *
 * @param name what it is called in the configuration
 * @param tls by what it proves itself; empty for plain HTTP
 */
record Door(String name, Endpoint endpoint, Optional<LiveTls> tls) {
    /** @throws HubStartException where the files of its TLS are not good */
    static Door of(String name, Endpoint endpoint, InstantSource clock) {
        return new Door(name, endpoint, endpoint.tls().map(config -> switch (LiveTls.of(name, config, clock)) {
            case LiveTls.Beginning.Ready(LiveTls tls) -> tls;
            case LiveTls.Beginning.NotReady(String why) -> throw new HubStartException(why);
        }));
    }

    /** The same at another address. */
    Door at(Endpoint other) {
        return new Door(name, other, tls);
    }
}
