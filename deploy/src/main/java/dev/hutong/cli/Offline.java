package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.hub.http.WithoutHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Deciding by a bundle instead of asking a hub: a mixin. */
final class Offline {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--offline", description = "Ask nobody: decide by the bundle.")
    private boolean offline;

    @Option(names = "--bundle", paramLabel = "FILE", description = "The bundle, as hutong bundle fetch brought it.")
    private @Nullable Path bundle;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The public key of the hub that signed the bundle, where none was noted when it was fetched.")
    private @Nullable Path key;

    /** Whether to decide by a bundle. */
    boolean asked() {
        if (offline != (bundle != null) || (key != null && !offline)) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "--offline and --bundle FILE go together, and --key FILE with them only.");
        }
        return offline;
    }

    /** The decision, as a hub would answer with it. */
    JsonNode resolve(JsonNode request) {
        if (bundle == null) {
            throw new IllegalStateException("asked() was not asked");
        }
        InstantSource clock = InstantSource.system();
        var resolver = new BundleFile(bundle).usable(key, clock.instant()).resolver(clock);
        return switch (WithoutHttp.resolve(resolver, request.toString().getBytes(StandardCharsets.UTF_8))) {
            case WithoutHttp.Answer.Decided(byte[] json) -> read(json);
            case WithoutHttp.Answer.NoRequest(String detail) -> throw new CommandFailure(ExitCodes.USAGE, detail);
        };
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
