package dev.hutong.hub.http;

import dev.hutong.registry.snapshot.SignedSnapshot;
import dev.hutong.registry.snapshot.SnapshotPublication;
import dev.hutong.registry.snapshot.SnapshotPublication.Difference;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What others take over of the registry: the signed snapshot, and the difference from an earlier one. */
public final class SnapshotOperations implements Operations {
    /** Up to 18 digits, which a long holds. */
    private static final Pattern SEQUENCE = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final SnapshotPublication publication;

    public SnapshotOperations(SnapshotPublication publication) {
        this.publication = publication;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/v1/registry/snapshot", this::snapshot);
    }

    private void snapshot(RoutingContext context) {
        List<String> from = context.queryParam("from");
        if (!from.isEmpty()) {
            delta(context, from);
            return;
        }
        Optional<SignedSnapshot> ready = publication.ready();
        if (ready.isPresent()) {
            answer(context, ready.get());
            return;
        }
        context.vertx()
                .executeBlocking(publication::snapshot, false)
                .onSuccess(snapshot -> answer(context, snapshot))
                .onFailure(context::fail);
    }

    private void delta(RoutingContext context, List<String> from) {
        if (from.size() != 1 || !SEQUENCE.matcher(from.getFirst()).matches()) {
            new Problem(
                            ProblemType.INVALID_REQUEST,
                            "«from» is the sequence of the snapshot that you have, once, such as ?from=42; leave it out for the whole.")
                    .answer(context.response());
            return;
        }
        long sequence = Long.parseLong(from.getFirst());
        context.vertx()
                .executeBlocking(() -> publication.since(sequence), false)
                .onSuccess(difference -> answer(context, sequence, difference))
                .onFailure(context::fail);
    }

    private static void answer(RoutingContext context, long from, Difference difference) {
        switch (difference) {
            case Difference.Delta(SignedSnapshot delta) -> answer(context, delta);
            case Difference.TooOld(long oldest) ->
                new Problem(
                                ProblemType.GONE,
                                "Differences begin at " + oldest + " or later, not at " + from
                                        + ": ask for the whole snapshot, without «from».")
                        .answer(context.response());
            case Difference.Ahead(long size) ->
                new Problem(
                                ProblemType.REGISTRY_CONFLICT,
                                "The registry has " + size
                                        + " entries, fewer than «from». If you had that sequence from this hub, its log was cut back: keep what you have, and tell its"
                                        + " operator.")
                        .answer(context.response());
        }
    }

    private static void answer(RoutingContext context, SignedSnapshot snapshot) {
        TaggedJwt.answer(context, snapshot.jws(), snapshot.tag());
    }
}
