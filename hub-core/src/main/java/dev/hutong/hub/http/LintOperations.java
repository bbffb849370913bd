package dev.hutong.hub.http;

import dev.hutong.hub.RegistryWatch;
import dev.hutong.registry.lint.LintFinding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What operators should look after in the registry, and in how the hub serves. Public, as all that it is found in. */
public final class LintOperations implements Operations {
    private final RegistryWatch watch;
    private final Supplier<List<LintFinding>> others;

    /** @param others what is found of the hub beside its registry */
    public LintOperations(RegistryWatch watch, Supplier<List<LintFinding>> others) {
        this.watch = watch;
        this.others = others;
    }

    @Override
    public void mount(Routes routes) {
        routes.get(
                "/v1/registry/lint",
                context -> Routes.answer(
                        context,
                        MediaTypes.JSON,
                        "no-cache",
                        describe(watch.latest(), others.get()).toBuffer()));
    }

    private static JsonObject describe(RegistryWatch.Report report, List<LintFinding> others) {
        JsonArray findings = new JsonArray();
        Stream.concat(report.findings().stream(), others.stream())
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
