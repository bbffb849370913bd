package dev.hutong.cli;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Texts that must appear nowhere, and how they are found again however they were written. */
final class Markers {
    private final List<Form> forms = new ArrayList<>();

    private record Form(String of, String octets) {}

    /** Must appear nowhere from now on, in none of the ways in which a text can be written. */
    void add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Set<String> written = new TreeSet<>();
        written.add(octets(utf8));
        written.add(octets(new String(utf8, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8)));
        written.add(octets(text.getBytes(Charset.forName("GBK"))));
        written.add(percentEncoded(text));
        written.add(percentEncoded(text).toLowerCase(Locale.ROOT));
        written.add(HexFormat.of().formatHex(utf8));
        written.add(HexFormat.of().withUpperCase().formatHex(utf8));
        written.add(escaped(text));
        written.add(escaped(text).toLowerCase(Locale.ROOT));
        for (int before = 0; before < 3; before++) {
            written.add(base64(utf8, before, Base64.getEncoder()));
            written.add(base64(utf8, before, Base64.getUrlEncoder()));
        }
        written.forEach(form -> forms.add(new Form(text, form)));
    }

    /** The markers that are found in these octets; empty where there is none. */
    List<String> in(byte[] octets) {
        String all = octets(octets);
        return forms.stream()
                .filter(form -> all.contains(form.octets()))
                .map(form -> form.of() + " in …" + around(all, all.indexOf(form.octets())) + "…")
                .distinct()
                .toList();
    }

    private static String around(String all, int place) {
        return new String(
                all.substring(Math.max(0, place - 80), Math.min(all.length(), place + 80))
                        .getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8);
    }

    private static String octets(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.chars()
                .mapToObj(c -> c < 128 ? Character.toString((char) c) : String.format("\\u%04X", c))
                .collect(Collectors.joining());
    }

    /** What of its base64 is the same whatever stands around it, if so many octets stand before it in its group of three. */
    private static String base64(byte[] utf8, int before, Base64.Encoder encoder) {
        byte[] shifted = new byte[utf8.length + before];
        System.arraycopy(utf8, 0, shifted, before, utf8.length);
        String encoded = encoder.withoutPadding().encodeToString(Arrays.copyOf(shifted, shifted.length / 3 * 3));
        return before == 0 ? encoded : encoded.substring(4);
    }
}
