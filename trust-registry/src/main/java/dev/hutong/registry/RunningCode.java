package dev.hutong.registry;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The code that this process runs, told apart from every other. */
public final class RunningCode {
    private RunningCode() {}

    /**
     * A name of the code that folds the registry: the SHA-256 of its jar in hexadecimal, or of the files in its folder where it is not
     * packed. Where neither can be read it is a name that nothing else has, this code in another process neither.
     */
    public static String name() {
        try {
            CodeSource source = RunningCode.class.getProtectionDomain().getCodeSource();
            return source == null
                    ? unlikeAnyOther()
                    : digest(Path.of(source.getLocation().toURI()));
        } catch (IOException | URISyntaxException | IllegalArgumentException notFiles) {
            return unlikeAnyOther();
        }
    }

    static String digest(Path code) throws IOException {
        MessageDigest sha256 = sha256();
        for (Path file : filesIn(code)) {
            byte[] octets = Files.readAllBytes(file);
            sha256.update((code.relativize(file) + ":" + octets.length + "\n").getBytes(StandardCharsets.UTF_8));
            sha256.update(octets);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    private static List<Path> filesIn(Path code) throws IOException {
        try (Stream<Path> files = Files.walk(code)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String unlikeAnyOther() {
        return UUID.randomUUID().toString();
    }
}
