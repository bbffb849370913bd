package dev.hutong.hub.log;

import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.tlog.SignedCheckpoint;

/**
 * The registry and the checkpoint under which it is published: what one answer is made of.
 *
 * @param checkpoint the snapshot's, signed by the log and by those witnesses that have countersigned it already
 */
public record PublishedLog(RegistrySnapshot snapshot, SignedCheckpoint checkpoint) {
    /** How many entries it has. */
    public long size() {
        return checkpoint.checkpoint().size();
    }

    PublishedLog with(SignedCheckpoint cosigned) {
        return new PublishedLog(snapshot, cosigned);
    }
}
