package dev.hutong.mapping.format;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By what a format claims something scanned. Once claimed, any fault behind it is the code's own. */
public sealed interface Recognition {

    /**
     * The digits that a reference consists of: hexadecimal ones, then decimal ones.
     *
     * @param hex how many hexadecimal digits, upper or lower case
     * @param decimal how many decimal digits behind them; 0 where there are none
     * @param begin what the decimal ones begin with, such as the region that a code is of; empty where any will do
     */
    record Digits(int hex, int decimal, String begin) {
        public Digits {
            if (hex < 0 || decimal < 0 || begin.length() > decimal || !begin.matches("[0-9]*")) {
                throw new InvalidPackageException("recognise: «digitsBegin» is at most «digits» decimal digits");
            }
        }

        /** How many characters they are. */
        public int length() {
            return hex + decimal;
        }

        /** Whether {@code text} is these digits and nothing else from {@code from} on. */
        public boolean are(byte[] text, int from) {
            if (text.length != from + length()) {
                return false;
            }
            for (int i = from; i < text.length; i++) {
                if (Character.digit(text[i], i < from + hex ? 16 : 10) < 0) {
                    return false;
                }
            }
            return begins(new String(text, StandardCharsets.ISO_8859_1), from);
        }

        /** Whether the decimal digits begin as they have to, as far as {@code text} reaches. */
        public boolean begins(String text, int from) {
            int at = from + hex;
            int reached = Math.min(begin.length(), text.length() - at);
            return reached <= 0 || text.regionMatches(at, begin, 0, reached);
        }

        /** Whether nothing can be both of these and of {@code other}, by where they begin. */
        public boolean isApartFrom(Digits other) {
            return hex == other.hex && !begin.startsWith(other.begin) && !other.begin.startsWith(begin);
        }

        @Override
        public String toString() {
            return hex + " hexadecimal digits"
                    + (decimal == 0 ? "" : " and " + decimal + " digits")
                    + (begin.isEmpty() ? "" : " that begin with " + begin);
        }
    }

    /**
     * Text that begins with {@code prefix}.
     *
     * @param digits what follows, and nothing else; null where what follows is read by the envelope
     * @param ending what the text ends with, which is not part of what the envelope reads; empty where any end will do
     */
    record Text(String prefix, @Nullable Digits digits, String ending) implements Recognition {}

    /**
     * An {@code https} URL with one of these hosts, exactly this path, and a query {@code parameter} whose value is {@code prefix} and
     * {@code digits}. Nothing is ever fetched from it.
     *
     * @param fragment the fragment that may stand behind it, without {@code #}; null where none may
     */
    record Url(
            List<String> hosts,
            String path,
            String parameter,
            String prefix,
            Digits digits,
            @Nullable String fragment) implements Recognition {
        public Url {
            hosts = List.copyOf(hosts);
        }

        /**
         * Whether a value of the parameter is one of this format's: it begins with the prefix, and its digits with those they have to begin
         * with. Where the value breaks off before these, nothing speaks against it.
         */
        public boolean claims(String value) {
            return value.startsWith(prefix) && digits.begins(value, prefix.length());
        }

        /** Whether no value of the parameter is this one's and {@code other}'s as well, unless it breaks off. */
        public boolean isApartFrom(Url other) {
            if (!parameter.equals(other.parameter)) {
                return false;
            }
            return prefix.equals(other.prefix)
                    ? digits.isApartFrom(other.digits)
                    : !prefix.startsWith(other.prefix) && !other.prefix.startsWith(prefix);
        }
    }

    /** Bytes, given as bytes and not as text, that begin with {@code prefix} (written as Latin-1 text); {@code shortest} to {@code longest} in all. */
    record Bytes(String prefix, int shortest, int longest) implements Recognition {}

    static Recognition of(FormatDocument.Recognise document) {
        FormatDocument.Text text = document.text();
        FormatDocument.Url url = document.url();
        FormatDocument.Bytes bytes = document.bytes();
        if (text != null && url == null && bytes == null) {
            return text(text);
        }
        if (url != null && text == null && bytes == null) {
            return new Url(
                    url.hosts(),
                    url.path(),
                    url.parameter(),
                    url.prefix(),
                    digits(url.hexDigits(), url.digits(), url.digitsBegin()),
                    url.fragment());
        }
        if (bytes != null && text == null && url == null) {
            return new Bytes(
                    new String(HexFormat.of().parseHex(bytes.prefix()), StandardCharsets.ISO_8859_1),
                    bytes.shortest(),
                    bytes.longest());
        }
        throw new InvalidPackageException("recognise: each entry has exactly one of «text», «url», «bytes»");
    }

    private static Text text(FormatDocument.Text document) {
        boolean digits = document.hexDigits() != null || document.digits() != null;
        String ending = document.ending() == null ? "" : document.ending();
        if (digits && !ending.isEmpty()) {
            throw new InvalidPackageException("recognise: a «text» has either digits or an «ending»");
        }
        return new Text(
                document.prefix(),
                digits ? digits(document.hexDigits(), document.digits(), document.digitsBegin()) : null,
                ending);
    }

    private static Digits digits(@Nullable Integer hex, @Nullable Integer decimal, @Nullable String begin) {
        return new Digits(hex == null ? 0 : hex, decimal == null ? 0 : decimal, begin == null ? "" : begin);
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
