package dev.hutong.hub.http;

import dev.hutong.hub.config.LoadConfig.BatchConfig;
import dev.hutong.hub.resolve.Resolver;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** What verifiers ask who have many codes at once: what does each of these mean, here and now? */
public final class BatchOperations implements Operations {
    private final BatchDesk desk;
    private final BatchConfig limits;
    private final LoadGate load;

    /** @param limits of each batch */
    public BatchOperations(Resolver resolver, LoadGate load, QuotaGate quotas, BatchConfig limits) {
        this.desk = new BatchDesk(resolver, load, quotas);
        this.limits = limits;
        this.load = load;
    }

    @Override
    public void mount(Routes routes) {
        load.loop(); // takes part in the work from now on
        routes.postStream("/v1/resolve-batch", MediaTypes.NDJSON, ProblemType.NOT_NDJSON, this::resolve);
    }

    private void resolve(RoutingContext context) {
        HttpServerRequest request = context.request();
        String expected = request.getHeader(HttpHeaders.EXPECT);
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            Problem.of(ProblemType.EXPECTATION_FAILED).answer(context.response());
        } else if (isLonger(request.getHeader(HttpHeaders.CONTENT_LENGTH))) {
            Problem.of(ProblemType.BATCH_TOO_LARGE).answer(context.response());
        } else if (!load.loop().beginBatch()) {
            Overload.refuse(context.response());
        } else {
            LoadedLoop loop = load.loop();
            context.addEndHandler(ended -> loop.endBatch());
            if (expected != null) {
                context.response().writeContinue();
            }
            new Batch(context, desk, limits).read();
        }
    }

    private boolean isLonger(@Nullable String contentLength) {
        return contentLength != null
                && (contentLength.length() > 18 || Long.parseLong(contentLength) > limits.octets());
    }
}
