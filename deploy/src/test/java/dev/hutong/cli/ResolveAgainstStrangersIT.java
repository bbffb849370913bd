package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code resolve --hub URL} where the URL is not a hub's, or a hub's that cannot be trusted. */
class ResolveAgainstStrangersIT {

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":\"ok\"}", "[]", "<html>", "", "{\"id\":1,\"risk\":\"LOW\"}"})
    void whatIsNoDecisionIsNotPrintedAsOne(String answer) throws IOException {
        InProcess run = resolve(answer);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).hasLineCount(1).contains("does not answer as a hub does");
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() throws IOException {
        InProcess run = resolve("""
                {"id":"1","risk":"LOW","reason":null,"qualifiers":[],"statements":[{"rule":"a","native":"\\u001b[2J\\u009b1m","reason":null,"risk":"LOW"}]}
                """);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("LOW").doesNotContain("\u001b[2J", "\u009b");
    }

    private static InProcess resolve(String answer) throws IOException {
        HttpServer stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        stranger.start();
        try {
            return InProcess.run(
                    "resolve",
                    "--text",
                    "x",
                    "--hub",
                    "http://127.0.0.1:" + stranger.getAddress().getPort());
        } finally {
            stranger.stop(0);
        }
    }
}
