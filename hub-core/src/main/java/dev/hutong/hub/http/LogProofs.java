package dev.hutong.hub.http;

import dev.hutong.hub.log.PublishedLog;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.TreeHash;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Inclusion and consistency proofs (RFC 6962 §2.1.1, §2.1.2) as JSON. */
final class LogProofs {
    private static final Set<String> INCLUSION = Set.of("index", "size");
    private static final Set<String> CONSISTENCY = Set.of("from", "to");

    private LogProofs() {}

    static void answer(RoutingContext context, PublishedLog log) {
        Set<String> asked = context.queryParams().names();
        OptionalLong index = number(context, "index");
        OptionalLong from = number(context, "from");
        OptionalLong size = number(context, asked.contains("to") ? "to" : "size");
        long whole = size.orElse(log.size());
        boolean noNumber = asked.stream().anyMatch(name -> number(context, name).isEmpty());
        if (noNumber) {
            refuse(context, "Each of index, size, from and to is one decimal number");
        } else if (index.isPresent() && INCLUSION.containsAll(asked)) {
            answerInclusion(context, log, index.getAsLong(), whole);
        } else if (from.isPresent() && size.isPresent() && CONSISTENCY.containsAll(asked)) {
            answerConsistency(context, log, from.getAsLong(), whole);
        } else {
            refuse(context, "Ask with index and, if you like, size; or with from and to");
        }
    }

    private static void answerInclusion(RoutingContext context, PublishedLog log, long index, long size) {
        if (asked(context, "size") && index >= size) {
            refuse(
                    context,
                    "An entry is in a log of a size above its index: ask with a size of " + (index + 1) + " or more");
            return;
        }
        if (size > log.size() || index >= size) {
            notInTheLog(context, log);
            return;
        }
        answer(
                context,
                new JsonObject()
                        .put("index", index)
                        .put("checkpoint", json(log.snapshot().tree().checkpointAt(size)))
                        .put("proof", json(log.snapshot().tree().inclusionProof(index, size))));
    }

    private static void answerConsistency(RoutingContext context, PublishedLog log, long from, long to) {
        if (from > to) {
            refuse(context, "The larger size goes on from the smaller: ask with from=" + to + "&to=" + from);
            return;
        }
        if (to > log.size()) {
            notInTheLog(context, log);
            return;
        }
        answer(
                context,
                new JsonObject()
                        .put("from", json(log.snapshot().tree().checkpointAt(from)))
                        .put("to", json(log.snapshot().tree().checkpointAt(to)))
                        .put("proof", json(log.snapshot().tree().consistencyProof(from, to))));
    }

    private static boolean asked(RoutingContext context, String name) {
        return context.queryParams().contains(name);
    }

    private static OptionalLong number(RoutingContext context, String name) {
        List<String> values = context.queryParam(name);
        return values.size() == 1 && values.getFirst().matches("0|[1-9][0-9]{0,17}")
                ? OptionalLong.of(Long.parseLong(values.getFirst()))
                : OptionalLong.empty();
    }

    private static JsonObject json(Checkpoint checkpoint) {
        return new JsonObject()
                .put("size", checkpoint.size())
                .put("root", checkpoint.root().toBase64());
    }

    private static JsonArray json(List<TreeHash> proof) {
        JsonArray hashes = new JsonArray();
        proof.forEach(hash -> hashes.add(hash.toBase64()));
        return hashes;
    }

    private static void answer(RoutingContext context, JsonObject proof) {
        Routes.answer(context, MediaTypes.JSON, "no-cache", proof.toBuffer());
    }

    private static void notInTheLog(RoutingContext context, PublishedLog log) {
        new Problem(ProblemType.NOT_FOUND, "The log has " + log.size() + " entries; there is no proof beyond them.")
                .answer(context.response());
    }

    private static void refuse(RoutingContext context, String detail) {
        new Problem(ProblemType.INVALID_REQUEST, detail + ".").answer(context.response());
    }
}
