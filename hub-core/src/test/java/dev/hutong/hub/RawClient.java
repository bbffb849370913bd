package dev.hutong.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection over which octets are sent that no HTTP client would send. */
final class RawClient implements AutoCloseable {
    private static final Pattern STATUS = Pattern.compile("HTTP/[0-9]\\.[0-9] ([0-9]{3}) ");

    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    static RawClient connect(URI server) throws IOException {
        return of(new Socket(server.getHost(), server.getPort()));
    }

    /** From this address of this machine. */
    static RawClient connect(URI server, String from) throws IOException {
        return of(new Socket(server.getHost(), server.getPort(), InetAddress.getByName(from), 0));
    }

    private static RawClient of(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        return new RawClient(socket);
    }

    /** Sends each character as one octet. */
    void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Sends these one by one, for as long as the server takes them and it is not told to stop; true where the server did not take all. */
    boolean drips(String octet, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            try {
                send(octet);
                if (socket.getInputStream().available() > 0) {
                    return true;
                }
            } catch (IOException ended) {
                return true;
            }
            Thread.sleep(20);
        }
        return false;
    }

    /** All that the server still sends until it ends the connection. */
    String rest() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                octets.write(octet);
            }
        } catch (SocketException reset) {
            // An end of the connection as well.
        }
        return octets.toString(StandardCharsets.ISO_8859_1);
    }

    /** The status of the next answer, whose body is read over. */
    int answer() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("no answer but " + head);
            }
            head.write(octet);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = Pattern.compile("(?i)content-length: ([0-9]+)").matcher(text);
        if (length.find()) {
            in.readNBytes(Integer.parseInt(length.group(1)));
        }
        return status(text);
    }

    /** The status of the first answer in this text; 0 where there is none. */
    static int status(String text) {
        Matcher matcher = STATUS.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** How many answers there are in this text. */
    static long answers(String text) {
        return STATUS.matcher(text).results().count();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
