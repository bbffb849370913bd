package dev.hutong.hub.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hutong.registry.DurableFile;
import dev.hutong.registry.jose.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ends that a ledger's chains had when it was last verified, in a file: a JSON array of objects with {@code node}, {@code number} and
 * {@code header}. Whoever keeps it sees when an end is cut off later, which a ledger by itself does not show.
 */
public final class SeenLedger {
    private SeenLedger() {}

    /** What the file was read as. */
    public sealed interface Reading {
        /** The ends in it; none where there is no file yet. */
        record Seen(List<ChainEnd> ends) implements Reading {}

        /** It holds no ends, or cannot be read. */
        record NotReadable(String why) implements Reading {}
    }

    /** Reads the file. Never throws on its content. */
    public static Reading read(Path file) {
        try {
            return StrictJson.read(Files.readAllBytes(file))
                    .flatMap(SeenLedger::ends)
                    .<Reading>map(Reading.Seen::new)
                    .orElseGet(() -> new Reading.NotReadable(file + " does not hold the ends of a ledger"));
        } catch (NoSuchFileException none) {
            return new Reading.Seen(List.of());
        } catch (IOException failure) {
            return new Reading.NotReadable(file + " cannot be read: " + failure);
        }
    }

    private static Optional<List<ChainEnd>> ends(JsonNode json) {
        if (!json.isArray() || json.isEmpty()) { // a file that says nothing would let everything pass
            return Optional.empty();
        }
        List<ChainEnd> ends = new ArrayList<>();
        for (JsonNode end : json) {
            JsonNode number = end.path("number");
            if (!end.path("node").isTextual()
                    || !number.isIntegralNumber()
                    || !number.canConvertToLong()
                    || number.longValue() < 0
                    || !end.path("header").isTextual()) {
                return Optional.empty();
            }
            ends.add(new ChainEnd(
                    end.get("node").textValue(),
                    number.longValue(),
                    end.get("header").textValue()));
        }
        return Optional.of(ends);
    }

    /**
     * Puts ends that were verified in the file's place, durably.
     *
     * @throws IOException if that failed; the file then has its old content or the new
     */
    public static void write(Path file, List<ChainEnd> ends) throws IOException {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        ends.forEach(end -> json.addObject()
                .put("node", end.node())
                .put("number", end.number())
                .put("header", end.header()));
        DurableFile.replace(file, json.toPrettyString().getBytes(StandardCharsets.US_ASCII));
    }
}
