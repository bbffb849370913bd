package dev.hutong.registry.monitor;

import dev.hutong.registry.web.WebClient;
import java.net.URI;

/** A log over HTTP. */
public final class RemoteLog implements LogSource {
    private final WebClient web;
    private final String prefix;

    /** @param prefix of the log, to which a slash and a piece's path are added */
    public RemoteLog(WebClient web, URI prefix) {
        this.web = web;
        this.prefix = prefix.toString();
    }

    @Override
    public Piece fetch(String path, int limit) throws InterruptedException {
        return switch (web.get(URI.create(prefix + "/" + path), limit)) {
            case WebClient.Answered(int status, String _, byte[] body) when status == 200 -> new Found(body);
            case WebClient.Answered(int status, String _, byte[] _) -> new Absent("the answer is " + status);
            case WebClient.Unanswered(String why) -> new NoAnswer(why);
        };
    }
}
