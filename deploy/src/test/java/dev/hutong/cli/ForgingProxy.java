package dev.hutong.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Shows a real hub's log, except for those pieces that the test forges. */
final class ForgingProxy implements AutoCloseable {
    final Map<String, byte[]> pathToForgery = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final String hub;

    ForgingProxy(String hub) throws IOException {
        this.hub = hub;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The hub's own piece. */
    byte[] octets(String path) {
        return ask(path).body();
    }

    private HttpResponse<byte[]> ask(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(hub + path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] forged = pathToForgery.get(path);
        HttpResponse<byte[]> real = ask(path);
        byte[] body = forged == null ? real.body() : forged;
        exchange.sendResponseHeaders(forged == null ? real.statusCode() : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
    }
}
