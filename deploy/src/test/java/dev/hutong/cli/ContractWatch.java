package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.Contract;
import dev.hutong.hub.Exchange;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Holds what is asked of a hub, and what it answers, to {@code openapi.yaml}. */
final class ContractWatch {
    private final Contract contract;
    private final List<String> breaches = new CopyOnWriteArrayList<>();

    private ContractWatch(Contract contract) {
        this.contract = contract;
    }

    /** Of what verifiers ask. */
    static ContractWatch ofVerifiers() {
        return new ContractWatch(Contract.load().forVerifiers());
    }

    /** Of what operators ask. */
    static ContractWatch ofOperators() {
        return new ContractWatch(Contract.load().forOperators());
    }

    /** Takes one exchange down. */
    void saw(String method, URI address, byte[] asked, HttpResponse<byte[]> answer) {
        Map<String, String> headers = new HashMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        Exchange exchange = new Exchange(
                method,
                address.getRawPath() + query,
                Buffer.buffer(asked),
                answer.statusCode(),
                headers,
                Buffer.buffer(answer.body()));
        contract.breachesIn(exchange)
                .forEach(breach ->
                        breaches.add(method + " " + exchange.path() + " " + answer.statusCode() + ": " + breach));
    }

    /** Fails where any exchange so far was not as the contract has it. */
    void assertKept() {
        assertThat(breaches).as("breaches of openapi.yaml").isEmpty();
    }
}
