package dev.hutong.mapping.format;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By what a format claims something scanned. Once claimed, any fault behind it is the code's own. */
public sealed interface Recognition {

    /**
     * Text that begins with {@code prefix}.
     *
     * @param hexDigits how many hexadecimal digits follow, and nothing else; null where what follows is read by the envelope
     */
    record Text(String prefix, @Nullable Integer hexDigits) implements Recognition {}

    /**
     * An {@code https} URL with one of these hosts, exactly this path, and a query {@code parameter} whose value begins with
     * {@code prefix} and ends {@code hexDigits} hexadecimal digits later. Nothing is ever fetched from it.
     *
     * @param fragment the fragment that may stand behind it, without {@code #}; null where none may
     */
    record Url(
            List<String> hosts,
            String path,
            String parameter,
            String prefix,
            int hexDigits,
            @Nullable String fragment) implements Recognition {
        public Url {
            hosts = List.copyOf(hosts);
        }
    }

    /** Bytes, given as bytes and not as text, that begin with {@code prefix} (written as Latin-1 text); {@code shortest} to {@code longest} in all. */
    record Bytes(String prefix, int shortest, int longest) implements Recognition {}

    static Recognition of(FormatDocument.Recognise document) {
        FormatDocument.Text text = document.text();
        FormatDocument.Url url = document.url();
        FormatDocument.Bytes bytes = document.bytes();
        if (text != null && url == null && bytes == null) {
            return new Text(text.prefix(), text.hexDigits());
        }
        if (url != null && text == null && bytes == null) {
            return new Url(url.hosts(), url.path(), url.parameter(), url.prefix(), url.hexDigits(), url.fragment());
        }
        if (bytes != null && text == null && url == null) {
            return new Bytes(
                    new String(HexFormat.of().parseHex(bytes.prefix()), StandardCharsets.ISO_8859_1),
                    bytes.shortest(),
                    bytes.longest());
        }
        throw new InvalidPackageException("recognise: each entry has exactly one of «text», «url», «bytes»");
    }

    /** The bytes that whatever this claims begins with, as Latin-1 text; one for each host of a URL. */
    default List<String> beginnings() {
        return switch (this) {
            case Text text ->
                List.of(new String(text.prefix.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            case Url url ->
                url.hosts.stream()
                        .map(host -> "https://" + host + url.path + "?")
                        .toList();
            case Bytes bytes -> List.of(bytes.prefix);
        };
    }
}
