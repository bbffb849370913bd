package dev.hutong.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.clients.Role;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.ClientTerms;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownCallersTest {
    private static final Caller GATE = new Caller(
            "gate-7",
            Set.of(Role.VERIFIER),
            Optional.of(new ClientTerms("Gate 7", Set.of(ClientRole.VERIFIER), Set.of(), Set.of(), Optional.empty())));

    private final KnownCallers callers = new KnownCallers(new Addresses(List.of()));

    @Test
    void aTokenIsItsClientsOnceItIsVerified() {
        assertThat(callers.of(request("Bearer a"))).isEqualTo("address:192.0.2.1");
        callers.learn(request("Bearer a"), GATE);
        assertThat(callers.of(request("Bearer a"))).isEqualTo("client:gate-7");
        assertThat(callers.of(request("Bearer b"))).isEqualTo("address:192.0.2.1");
    }

    @Test
    void whoIsNotKnownIsItsAddress() {
        assertThat(callers.holder(request("Bearer a"), Caller.NOBODY)).isEqualTo("address:192.0.2.1");
        assertThat(callers.holder(request("Bearer a"), Caller.ANONYMOUS)).isEqualTo("address:192.0.2.1");
        assertThat(callers.holder(request("Bearer a"), GATE)).isEqualTo("client:gate-7");
    }

    @Test
    void whatStrangersMakeUpTakesNoClientsPlace() {
        callers.learn(request("Bearer a"), GATE);
        for (int i = 0; i < 10_000; i++) {
            callers.learn(request("Bearer nonsense " + i), Caller.NOBODY);
        }
        assertThat(callers.of(request("Bearer a"))).isEqualTo("client:gate-7");
        assertThat(callers.of(request("Bearer nonsense 9999"))).isEqualTo("address:192.0.2.1");
    }

    /** Of a request what is looked at here. */
    private static HttpServerRequest request(String authorization) {
        return (HttpServerRequest) Proxy.newProxyInstance(
                HttpServerRequest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (request, method, arguments) -> switch (method.getName()) {
                    case "getHeader" -> authorization;
                    case "remoteAddress" -> SocketAddress.inetSocketAddress(4711, "192.0.2.1");
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
