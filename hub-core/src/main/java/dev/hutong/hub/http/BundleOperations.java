package dev.hutong.hub.http;

import dev.hutong.hub.bundle.BundlePublication;

/** What a verifier takes along that will not always be on the network. */
public final class BundleOperations implements Operations {
    private final BundlePublication publication;

    public BundleOperations(BundlePublication publication) {
        this.publication = publication;
    }

    @Override
    public void mount(Routes routes) {
        routes.get(
                "/v1/bundle",
                context -> context.vertx()
                        .executeBlocking(publication::bundle, false)
                        .onSuccess(bundle -> TaggedJwt.answer(context, bundle.jws(), bundle.tag()))
                        .onFailure(context::fail));
    }
}
