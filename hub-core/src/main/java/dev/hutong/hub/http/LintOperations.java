package dev.hutong.hub.http;

import dev.hutong.hub.RegistryWatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What operators should look after in the registry. Public, as all that it is found in. */
public final class LintOperations implements Operations {
    private final RegistryWatch watch;

    public LintOperations(RegistryWatch watch) {
        this.watch = watch;
    }

    @Override
    public void mount(Routes routes) {
        routes.get(
                "/v1/registry/lint",
                context -> Routes.answer(
                        context,
                        MediaTypes.JSON,
                        "no-cache",
                        describe(watch.latest()).toBuffer()));
    }

    private static JsonObject describe(RegistryWatch.Report report) {
        JsonArray findings = new JsonArray();
        report.findings()
                .forEach(finding -> findings.add(new JsonObject()
                        .put("kind", finding.kind().name())
                        .put("subject", finding.subject())
                        .put("detail", finding.detail())
                        .put("remedy", finding.remedy())));
        return new JsonObject()
                .put("at", report.at().toString())
                .put("size", report.snapshot().checkpoint().size())
                .put("findings", findings);
    }
}
