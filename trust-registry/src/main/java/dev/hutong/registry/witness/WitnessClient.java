package dev.hutong.registry.witness;

import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.tlog.AddCheckpointRequest;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.NoteSignature;
import dev.hutong.registry.tlog.NoteVerifier;
import dev.hutong.registry.tlog.Parsed;
import dev.hutong.registry.tlog.SignedCheckpoint;
import dev.hutong.registry.web.WebClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Asks one witness to countersign (C2SP tlog-witness), and believes nothing of its answer that its key did not sign. Blocks. */
public final class WitnessClient {
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,17})\n");

    private final NoteVerifier witness;
    private final URI addCheckpoint;
    private final WebClient web;

    /** @param url the witness's submission prefix, with or without a slash at its end */
    public WitnessClient(NoteVerifier witness, URI url, WebClient web) {
        this.witness = witness;
        this.addCheckpoint = URI.create(url.toString().replaceAll("/+$", "") + "/add-checkpoint");
        this.web = web;
    }

    /** What became of asking. */
    public sealed interface Outcome {}

    /** The witness countersigned, and its signatures are good. */
    public record Cosigned(List<NoteSignature> signatures) implements Outcome {}

    /** It did not, or could not be asked. */
    public record NotCosigned(String why) implements Outcome {}

    /** Whom it asks. */
    public NoteKey key() {
        return witness.key();
    }

    /**
     * Asks for a countersignature. At most two requests: where the witness is at another size than thought, it says so, and is asked once
     * more.
     *
     * @param tree of the log, at the checkpoint's size or later
     * @param oldSize of what the witness countersigned last, as far as is known; 0 where nothing is
     */
    public Outcome ask(SignedCheckpoint checkpoint, MerkleTree tree, long oldSize) throws InterruptedException {
        WebClient.Answer first = send(checkpoint, tree, oldSize);
        OptionalLong itsSize = sizeIn(first);
        if (itsSize.isEmpty()) {
            return outcome(checkpoint, first);
        }
        if (itsSize.getAsLong() > checkpoint.checkpoint().size()) {
            return new NotCosigned("it has seen a log of " + itsSize.getAsLong() + " entries, and this one has "
                    + checkpoint.checkpoint().size());
        }
        return outcome(checkpoint, send(checkpoint, tree, itsSize.getAsLong()));
    }

    private WebClient.Answer send(SignedCheckpoint checkpoint, MerkleTree tree, long oldSize)
            throws InterruptedException {
        AddCheckpointRequest request = new AddCheckpointRequest(
                oldSize, tree.consistencyProof(oldSize, checkpoint.checkpoint().size()), checkpoint);
        return web.post(addCheckpoint, request.octets(), LARGEST_ANSWER);
    }

    private static OptionalLong sizeIn(WebClient.Answer answer) {
        return answer instanceof WebClient.Answered(int status, String mediaType, byte[] body)
                        && status == 409
                        && mediaType.equals("text/x.tlog.size")
                        && SIZE.matcher(text(body)).matches()
                ? OptionalLong.of(Long.parseLong(text(body).strip()))
                : OptionalLong.empty();
    }

    private Outcome outcome(SignedCheckpoint checkpoint, WebClient.Answer answer) {
        return switch (answer) {
            case WebClient.Unanswered(String why) -> new NotCosigned(why);
            case WebClient.Answered(int status, String _, byte[] body) when status == 200 -> cosigned(checkpoint, body);
            case WebClient.Answered(int status, String _, byte[] body) -> new NotCosigned(refusal(status, body));
        };
    }

    /** Lines of other keys are ignored, as the specification has it. */
    private Outcome cosigned(SignedCheckpoint checkpoint, byte[] body) {
        return switch (NoteSignature.parseLines(body)) {
            case Parsed.Malformed<List<NoteSignature>>(String reason) ->
                new NotCosigned("its answer is no signature: " + reason);
            case Parsed.Valid<List<NoteSignature>>(List<NoteSignature> lines) -> {
                List<NoteSignature> good = lines.stream()
                        .filter(line -> witness.verifies(checkpoint.text().toString(), line))
                        .limit(1)
                        .toList();
                yield good.isEmpty()
                        ? new NotCosigned("its answer holds no good signature of its key " + witness.key())
                        : new Cosigned(good);
            }
        };
    }

    private static String refusal(int status, byte[] body) {
        String meaning = switch (status) {
            case 403 -> "it knows this log by another key";
            case 404 -> "it does not witness this log";
            case 409 -> "it has seen another history of this log";
            case 422 -> "it has seen another history of this log, or does not accept the proof";
            default -> "it answers with an error";
        };
        String said = text(body).replaceAll("\\p{Cntrl}", " ").strip();
        return meaning + " (" + status + (said.isEmpty() ? "" : ": " + said.substring(0, Math.min(200, said.length())))
                + ")";
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
