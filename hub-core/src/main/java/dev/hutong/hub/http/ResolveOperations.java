package dev.hutong.hub.http;

import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.resolve.DecisionJson;
import dev.hutong.hub.resolve.DecisionSigner;
import dev.hutong.hub.resolve.Disclosure;
import dev.hutong.hub.resolve.Resolver;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** What verifiers ask: what does this code mean, here and now? */
public final class ResolveOperations implements Operations {
    private final Resolver resolver;
    private final DecisionSigner signer;
    private final LoadGate load;

    public ResolveOperations(Resolver resolver, DecisionSigner signer, LoadGate load) {
        this.resolver = resolver;
        this.signer = signer;
        this.load = load;
    }

    @Override
    public void mount(Routes routes) {
        routes.post("/v1/resolve", this::resolve);
    }

    private void resolve(RoutingContext context, byte[] body) {
        switch (ResolveRequest.read(body)) {
            case ResolveRequest.Reading.NoRequest(Problem problem) -> problem.answer(context.response());
            case ResolveRequest.Reading.Request(ResolveRequest request)
            when !Callers.of(context).mayAskFor(request.question().destination()) ->
                Problem.notForThisDestination().answer(context.response());
            case ResolveRequest.Reading.Request(ResolveRequest request) -> {
                Caller caller = Callers.of(context);
                boolean signed = MediaTypes.prefers(
                        context.request().getHeader(HttpHeaders.ACCEPT), MediaTypes.JWT, MediaTypes.JSON);
                resolver.resolve(request.question(), caller)
                        .map(decision -> {
                            Disclosure disclosed =
                                    Disclosure.to(caller, load.extent()).on(request.purpose(), caller);
                            return signed
                                    ? Buffer.buffer(signer.sign(decision, request.nonce(), caller, disclosed))
                                    : Buffer.buffer(DecisionJson.write(decision, disclosed));
                        })
                        .onSuccess(answer -> answer(context, signed ? MediaTypes.JWT : MediaTypes.JSON, answer))
                        .onFailure(context::fail);
            }
        }
    }

    private static void answer(RoutingContext context, String mediaType, Buffer answer) {
        context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        Routes.answer(context, mediaType, "no-store", answer);
    }
}
