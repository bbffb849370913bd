package dev.hutong.hub.federation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The federation keys that the hub signed with before, as an operator left them beside the present one when moving each aside. */
public final class FederationKeys {
    private static final Pattern FORMER = Pattern.compile(
            "federation-key\\.(former|compromised)-([0-9]{4}-[0-9]{2}-[0-9]{2})(-[0-9]+)?\\.jwk\\.json");

    private FederationKeys() {}

    /**
     * A key that signs no longer.
     *
     * @param ended the first instant at which nothing that it signed is good: the end of the day, in UTC, that its file is named after
     * @param compromised whether somebody else may have it; then nothing that it signed is good at all
     */
    public record Former(PublicJwk key, Instant ended, boolean compromised) {}

    /**
     * The former keys in a folder: files {@code federation-key.former-2026-11-23.jwk.json}, or {@code .compromised-…}, with the private key or
     * the public half alone.
     *
     * @throws IllegalArgumentException if a file of such a name holds no key, with what to do
     */
    public static List<Former> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Former> former = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                Matcher name = FORMER.matcher(file.getFileName().toString());
                if (name.matches()) {
                    former.add(new Former(
                            key(file), endOf(file, name.group(2)), name.group(1).equals("compromised")));
                }
            }
            return List.copyOf(former);
        } catch (IOException failure) {
            throw new UncheckedIOException(folder + " cannot be listed", failure);
        }
    }

    private static Instant endOf(Path file, String day) {
        try {
            return LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException noDay) {
            throw new IllegalArgumentException(file + " is named after no day: " + noDay.getMessage(), noDay);
        }
    }

    private static PublicJwk key(Path file) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        JsonNode json = StrictJson.read(octets)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new IllegalArgumentException(file + " holds no JWK: move it away"));
        return switch (PublicJwk.parse(((ObjectNode) json).without("d"))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) -> key;
            case KeyAdmission.Refused<PublicJwk> refused ->
                throw new IllegalArgumentException(file + " holds no key: " + refused.explanation());
        };
    }
}
