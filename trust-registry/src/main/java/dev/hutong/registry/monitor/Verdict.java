package dev.hutong.registry.monitor;

import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.SignedCheckpoint;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** What verifying a log came to. */
public sealed interface Verdict {
    /** Nothing is wrong with it. */
    record Verified(Summary summary) implements Verdict {}

    /** Something is; the first {@value LogVerification#MOST_FINDINGS} things are named. */
    record Faulty(List<Finding> findings) implements Verdict {
        public Faulty {
            findings = List.copyOf(findings);
        }
    }

    /** The log could not be fetched to its end, and nothing is known. */
    record Unreachable(String why) implements Verdict {}

    /** That this witness had seen nothing that contradicts the checkpoint, at this time of its own clock. */
    record Cosigned(NoteKey witness, Instant at) {}

    /**
     * What a log holds in which nothing is wrong.
     *
     * @param checkpoint as the log signed it
     * @param key that it is signed by
     * @param keyIsOfGenesis true where nobody gave the key, and it was taken from the log's own first entry
     * @param cosigned which of the witnesses that were asked for cosigned it
     * @param seenSize of the checkpoint seen before, which this one continues, if there was one
     * @param developmentEntries how many entries nobody signed
     * @param issuers how many are registered
     * @param operators the present ones' names and key thumbprints
     * @param decisions the last approved proposals, oldest first: what, and by whom
     * @param decisionsInAll how many there were
     */
    record Summary(
            SignedCheckpoint checkpoint,
            NoteKey key,
            boolean keyIsOfGenesis,
            List<Cosigned> cosigned,
            OptionalLong seenSize,
            long developmentEntries,
            int issuers,
            List<String> operators,
            List<String> decisions,
            long decisionsInAll) {}
}
