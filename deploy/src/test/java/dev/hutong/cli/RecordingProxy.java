package dev.hutong.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Stands before a hub, keeps all that is sent to it, holds the hub to the contract, and can lie about what it answers. */
final class RecordingProxy implements AutoCloseable {
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI hub;
    private final ContractWatch watch = ContractWatch.ofVerifiers();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<String> lie = UnaryOperator.identity();

    RecordingProxy(URI hub) throws IOException {
        this.hub = hub;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Method, address, headers and body of each request. */
    List<String> requests() {
        return requests;
    }

    void lie(UnaryOperator<String> answer) {
        lie = answer;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            exchange.getRequestBody().transferTo(body);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                    + exchange.getRequestHeaders().entrySet() + "\n" + body.toString(StandardCharsets.UTF_8));
            HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve(exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            if (type != null) {
                request.header("Content-Type", type);
            }
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            watch.saw(exchange.getRequestMethod(), exchange.getRequestURI(), body.toByteArray(), answer);
            byte[] told =
                    lie.apply(new String(answer.body(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.statusCode(), told.length);
            exchange.getResponseBody().write(told);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
        watch.assertKept();
    }
}
