package dev.hutong.hub.http;

import dev.hutong.hub.log.CheckpointPublisher;
import dev.hutong.hub.log.PublishedLog;
import dev.hutong.registry.History;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.LogEntry;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.RegistryLog;
import dev.hutong.registry.RegistryStorageException;
import dev.hutong.registry.tlog.EntryBundle;
import dev.hutong.registry.tlog.Parsed;
import dev.hutong.registry.tlog.TilePath;
import dev.hutong.registry.tlog.TlogProof;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** The transparency log for everyone (C2SP tlog-tiles), with proofs for those who do not want to compute them from tiles. */
public final class LogOperations implements Operations {
    static final String FOR_EVER = "public, max-age=31536000, immutable";
    static final String FOR_AN_HOUR = "public, max-age=3600";

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String OCTETS = "application/octet-stream";

    private final CheckpointPublisher publisher;
    private final RegistryLog log;

    /** @param log where the entries are read from, on worker threads */
    public LogOperations(CheckpointPublisher publisher, RegistryLog log) {
        this.publisher = publisher;
        this.log = log;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/log/checkpoint", this::checkpoint)
                .get("/log/tile/*", this::tile)
                .get("/v1/log/proof", context -> LogProofs.answer(context, publisher.current()))
                .get("/v1/issuers/:id/proof", this::issuerProof)
                .get("/v1/issuers/:id/proofs", this::issuerProofs)
                .get("/v1/issuers/:id/keys/:kid/proofs", this::keyProofs);
    }

    private void checkpoint(RoutingContext context) {
        Routes.answer(
                context,
                TEXT,
                "no-cache",
                Buffer.buffer(publisher.current().checkpoint().octets()));
    }

    private void tile(RoutingContext context) {
        String path = context.request().path().substring("/log/".length());
        switch (TilePath.parse(path)) {
            case Parsed.Malformed<TilePath>(String reason) ->
                new Problem(ProblemType.NOT_FOUND, "There is no such tile: " + reason + ".").answer(context.response());
            case Parsed.Valid<TilePath>(TilePath.OfHashes tile) -> tile(context, tile);
            case Parsed.Valid<TilePath>(TilePath.OfEntries bundle) -> bundle(context, bundle);
        }
    }

    private void tile(RoutingContext context, TilePath.OfHashes tile) {
        publisher
                .current()
                .snapshot()
                .tree()
                .tile(tile.level(), tile.index(), tile.width())
                .ifPresentOrElse(
                        octets -> Routes.answer(context, OCTETS, caching(tile), Buffer.buffer(octets)),
                        () -> notInTheLog(context, tile));
    }

    private void bundle(RoutingContext context, TilePath.OfEntries bundle) {
        long size = publisher.current().size();
        // Divided, not multiplied: the index is a stranger's and may be large.
        if (bundle.index() > (size - bundle.width()) / TilePath.FULL_WIDTH || bundle.width() > size) {
            notInTheLog(context, bundle);
            return;
        }
        fromStore(
                context,
                () -> EntryBundle.write(read(bundle.index() * TilePath.FULL_WIDTH, bundle.width())),
                octets -> Routes.answer(context, OCTETS, caching(bundle), Buffer.buffer(octets)));
    }

    private List<byte[]> read(long from, int count) {
        List<byte[]> leaves = log.read(from, count).stream()
                .map(LogEntry::leaf)
                .map(leaf -> leaf.getBytes(StandardCharsets.UTF_8))
                .toList();
        if (leaves.size() != count) {
            throw new RegistryStorageException("The registry log has lost entries after " + from);
        }
        return leaves;
    }

    /** The leaf travels as extra data, so that the proof needs nothing beside it but the log's key. */
    private void issuerProof(RoutingContext context) {
        PublishedLog published = publisher.current();
        issuer(context, published)
                .map(RegisteredIssuer::standing)
                .ifPresentOrElse(
                        standing -> fromStore(
                                context,
                                () -> proof(published, standing.entry()).octets(),
                                octets -> Routes.answer(context, TEXT, "no-cache", Buffer.buffer(octets))),
                        () -> Problem.of(ProblemType.NOT_FOUND).answer(context.response()));
    }

    private void issuerProofs(RoutingContext context) {
        PublishedLog published = publisher.current();
        proofs(context, published, issuer(context, published).map(RegisteredIssuer::standing));
    }

    private void keyProofs(RoutingContext context) {
        PublishedLog published = publisher.current();
        String kid = context.pathParam("kid");
        proofs(
                context,
                published,
                issuer(context, published)
                        .flatMap(issuer -> issuer.keys().stream()
                                .filter(key -> key.id().value().equals(kid))
                                .findFirst())
                        .map(RegisteredKey::standing));
    }

    private static Optional<RegisteredIssuer> issuer(RoutingContext context, PublishedLog published) {
        return IssuerId.parse(context.pathParam("id")).flatMap(published.snapshot()::issuer);
    }

    /** One proof for each entry, since a tlog-proof is of one leaf; all lead to one checkpoint. */
    private void proofs(RoutingContext context, PublishedLog published, Optional<? extends History<?>> standing) {
        standing.ifPresentOrElse(
                history -> fromStore(
                        context,
                        () -> proofs(published, history),
                        octets -> Routes.answer(context, MediaTypes.JSON, "no-cache", Buffer.buffer(octets))),
                () -> Problem.of(ProblemType.NOT_FOUND).answer(context.response()));
    }

    private byte[] proofs(PublishedLog published, History<?> history) {
        JsonArray proofs = new JsonArray();
        history.entries()
                .forEach(entry -> proofs.add(new JsonObject()
                        .put("entry", entry)
                        .put("proof", proof(published, entry).toString())));
        return new JsonObject().put("proofs", proofs).toBuffer().getBytes();
    }

    private TlogProof proof(PublishedLog published, long entry) {
        String leaf = Base64.getEncoder().encodeToString(read(entry, 1).getFirst());
        return new TlogProof(
                Optional.of(leaf),
                entry,
                published.snapshot().tree().inclusionProof(entry, published.size()),
                published.checkpoint());
    }

    private static String caching(TilePath tile) {
        return tile.width() == TilePath.FULL_WIDTH ? FOR_EVER : FOR_AN_HOUR;
    }

    private static void notInTheLog(RoutingContext context, TilePath tile) {
        new Problem(ProblemType.NOT_FOUND, "The log does not have " + tile + ".").answer(context.response());
    }

    /** Reads on a worker thread, and answers 503 where the store cannot be read. */
    private static void fromStore(RoutingContext context, Callable<byte[]> read, Consumer<byte[]> answer) {
        context.vertx().executeBlocking(read, false).onSuccess(answer::accept).onFailure(failure -> {
            if (failure instanceof RegistryStorageException) {
                Problem.of(ProblemType.STORE_UNAVAILABLE).answer(context.response());
            } else {
                context.fail(failure);
            }
        });
    }
}
