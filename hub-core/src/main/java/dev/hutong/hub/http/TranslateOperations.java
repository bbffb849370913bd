package dev.hutong.hub.http;

import dev.hutong.hub.resolve.Disclosure;
import dev.hutong.hub.translate.Translations;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.translate.Target;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What verifiers ask whose readers know another format: what does this code mean, in its words? */
public final class TranslateOperations implements Operations {
    private final Translations translations;
    private final InstantSource clock;

    public TranslateOperations(Translations translations, InstantSource clock) {
        this.translations = translations;
        this.clock = clock;
    }

    @Override
    public void mount(Routes routes) {
        routes.post("/v1/translate", this::translate);
    }

    private void translate(RoutingContext context, byte[] body) {
        switch (TranslateRequest.read(body)) {
            case TranslateRequest.Reading.NoRequest(Problem problem) -> problem.answer(context.response());
            case TranslateRequest.Reading.Request(TranslateRequest request)
            when !Callers.of(context).mayAskFor(request.question().destination()) ->
                Problem.notForThisDestination().answer(context.response());
            case TranslateRequest.Reading.Request(TranslateRequest request) ->
                target(request)
                        .ifPresentOrElse(
                                target -> translate(context, request, target),
                                () -> noTarget().answer(context.response()));
        }
    }

    private void translate(RoutingContext context, TranslateRequest request, Target target) {
        translations
                .translate(request.question(), target, Callers.of(context))
                .map(translated -> Buffer.buffer(TranslationJson.write(translated, Disclosure.to(Callers.of(context)))))
                .onSuccess(answer -> Routes.answer(context, MediaTypes.JSON, "no-store", answer))
                .onFailure(context::fail);
    }

    private Optional<Target> target(TranslateRequest request) {
        Optional<Target> newest = formats().stream()
                .filter(format -> format.id().value().equals(request.to()))
                .findFirst()
                .flatMap(Translations::target);
        return request.vocabulary().isEmpty()
                ? newest
                : newest.flatMap(target -> target.in(request.vocabulary().get()));
    }

    private Problem noTarget() {
        String known = formats().stream()
                .flatMap(format -> Translations.target(format).stream())
                .map(target -> target.format().id()
                        + (target.writing().vocabularies().isEmpty()
                                ? ""
                                : " (vocabularies " + target.writing().vocabularies() + ")"))
                .collect(Collectors.joining(", "));
        return new Problem(
                ProblemType.INVALID_REQUEST,
                "«to», with «vocabulary» where it is given, is none that can be written now; there are " + known + ".");
    }

    private List<FormatPackage> formats() {
        return translations.rulesAt(clock.instant()).formats().packages();
    }
}
