package dev.hutong.mapping.admission;

import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.format.Examples;
import dev.hutong.mapping.format.FormatVersions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A format package to begin with: a made-up three-colour code, whole and admitted as it is, that an author changes into the real one.
 *
 * @param format its id, and the folder's name
 * @param region whose it is
 * @param kind how its codes are opened
 * @param schemas where an editor finds the JSON Schemas: a path or URL, without the slash at the end
 */
public record PackageSkeleton(FormatId format, RegionCode region, Kind kind, String schemas) {

    /** How codes are opened. */
    public enum Kind {
        /** The code is signed, and verifies offline. */
        SIGNED_TEXT,
        /** The issuer's platform is asked. */
        PLATFORM;

        /** As it stands in a package, and on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Writes it into a new folder below {@code parent}.
     *
     * @return that folder
     * @throws FileAlreadyExistsException where there is something of that name
     * @throws IOException where it cannot be written
     */
    public Path writeTo(Path parent) throws IOException {
        Path folder = Files.createDirectory(Files.createDirectories(parent).resolve(format.value()));
        for (String file : new String[] {FormatVersions.DOCUMENT, Examples.FILE}) {
            Files.writeString(folder.resolve(file), filledIn("/skeletons/" + kind + "/" + file));
        }
        return folder;
    }

    private String filledIn(String resource) {
        String text = read(resource);
        for (Map.Entry<String, String> blank : blanks().entrySet()) {
            text = text.replace("${" + blank.getKey() + "}", blank.getValue());
        }
        return text;
    }

    private Map<String, String> blanks() {
        String prefix = format.value().toUpperCase(Locale.ROOT);
        return Map.of(
                "id",
                format.value(),
                "region",
                region.value(),
                "prefix",
                prefix,
                "schema",
                schemas,
                "claimed",
                prefix + ":" + exampleToken());
    }

    /** A token that has the form of one, and nobody's signature. */
    private String exampleToken() {
        String header = "{\"alg\":\"ES256\",\"kid\":\"" + "k".repeat(43) + "\",\"typ\":\"" + format + "+jwt\"}";
        String payload = "{\"iss\":\"" + region + "." + format
                + "\",\"iat\":1767600000,\"exp\":1767600600,\"asof\":1767596400,\"colour\":\"green\"}";
        return base64Url(header) + "." + base64Url(payload) + "." + base64Url("s".repeat(64));
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(PackageSkeleton.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
