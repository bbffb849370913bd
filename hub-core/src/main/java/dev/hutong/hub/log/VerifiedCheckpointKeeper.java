package dev.hutong.hub.log;

import dev.hutong.registry.KeptFold;
import dev.hutong.registry.VerifiedCheckpoint;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleTree;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps on the disk up to which checkpoint all signatures have been checked, a second after an append at the latest, and at the end; and
 * then, where that spares the next start enough, what the log was folded to.
 */
public final class VerifiedCheckpointKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(VerifiedCheckpointKeeper.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final CheckpointPublisher publisher;
    private final Path file;
    private final KeptFold fold;
    private final AtomicBoolean failing = new AtomicBoolean();
    private Checkpoint kept = MerkleTree.empty().checkpoint();

    private VerifiedCheckpointKeeper(CheckpointPublisher publisher, Path file, KeptFold fold) {
        this.publisher = publisher;
        this.file = file;
        this.fold = fold;
    }

    /** Begins to keep the checkpoints of a registry whose signatures have all been checked, and what it was folded to. */
    public static VerifiedCheckpointKeeper start(Vertx vertx, CheckpointPublisher publisher, Path file, KeptFold fold) {
        VerifiedCheckpointKeeper keeper = new VerifiedCheckpointKeeper(publisher, file, fold);
        // The fold can wait until the hub serves.
        keeper.trying(() -> keeper.keepCheckpoint(publisher.current()));
        BackgroundLoop.start(vertx, EVERY, keeper::keep);
        return keeper;
    }

    /** Writes what is not written already. Blocks; says once that it fails, and tries again. */
    public void keep() {
        trying(() -> {
            PublishedLog log = publisher.current();
            keepCheckpoint(log);
            fold.keep(log.snapshot());
        });
    }

    private void keepCheckpoint(PublishedLog log) throws IOException {
        if (!log.checkpoint().checkpoint().equals(kept)) {
            VerifiedCheckpoint.write(file, log.checkpoint());
            kept = log.checkpoint().checkpoint();
        }
    }

    private interface Writing {
        void write() throws IOException;
    }

    private synchronized void trying(Writing writing) {
        try {
            writing.write();
            failing.set(false);
        } catch (IOException failure) {
            if (failing.compareAndSet(false, true)) {
                LOG.error("What was verified cannot be written; the next start does more of it anew", failure);
            }
        }
    }
}
