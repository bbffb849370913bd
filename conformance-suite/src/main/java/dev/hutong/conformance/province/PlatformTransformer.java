package dev.hutong.conformance.province;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.hutong.conformance.province.PlatformRequest.BadRequest;
import dev.hutong.conformance.province.ProvinceSheet.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The WireMock extension that puts the {@link AnswerDesk}'s answers on the wire, well or badly as the behaviour wants. */
final class PlatformTransformer implements ResponseDefinitionTransformerV2 {
    static final String NAME = "virtual-platform";
    private static final Logger LOG = LoggerFactory.getLogger(PlatformTransformer.class);
    private static final int TRICKLE_MILLIS_PER_BYTE = 50;
    private static final String JOSE = "application/jose";

    private final List<Step> steps;
    private final AnswerBook book;
    private final AnswerDesk desk;
    private final AtomicInteger requests = new AtomicInteger();

    PlatformTransformer(List<Step> steps, AnswerBook book, AnswerDesk desk) {
        this.steps = steps;
        this.book = book;
        this.desk = desk;
    }

    /** All requests so far, bad ones included. */
    int requests() {
        return requests.get();
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        requests.incrementAndGet();
        Request request = event.getRequest();
        for (int number = 0; number < steps.size(); number++) {
            if (request.getUrl().equals(steps.get(number).path())) {
                return answer(number, request);
            }
        }
        return response(404).build();
    }

    private ResponseDefinition answer(int number, Request http) {
        try {
            PlatformRequest request =
                    PlatformRequest.read(steps.get(number), http.getHeader("Content-Type"), http.getBody());
            Optional<Answer> known = book.find(number, request.input());
            int ordinal = known.map(answer -> answer.asked(number)).orElse(0);
            Behaviour behaviour = known.map(answer -> answer.behaviour(number)).orElse(Behaviour.honest());
            return desk.answer(number, request, known, behaviour, ordinal)
                    .map(body -> send(body, behaviour, http))
                    .orElseGet(() -> response(404))
                    .build();
        } catch (BadRequest e) {
            LOG.warn("{} refused a request: {}", steps.get(number).path(), e.getMessage());
            return response(400)
                    .withHeader("Content-Type", "text/plain")
                    .withBody(e.getMessage())
                    .build();
        }
    }

    private static ResponseDefinitionBuilder send(String body, Behaviour behaviour, Request http) {
        if (!(behaviour instanceof Behaviour.Sent sent)) {
            return signed(200, body);
        }
        return switch (sent) {
            case Behaviour.Slow(Duration delay) -> signed(200, body).withFixedDelay((int) delay.toMillis());
            case Behaviour.Reset _ -> response(200).withFault(Fault.CONNECTION_RESET_BY_PEER);
            case Behaviour.Trickle _ ->
                signed(200, body).withChunkedDribbleDelay(body.length(), TRICKLE_MILLIS_PER_BYTE * body.length());
            case Behaviour.Status(int code) ->
                code / 100 == 3 ? signed(code, body).withHeader("Location", http.getAbsoluteUrl()) : signed(code, body);
            case Behaviour.MediaType(String name) ->
                response(200).withHeader("Content-Type", name).withBody(body.getBytes(StandardCharsets.UTF_8));
        };
    }

    private static ResponseDefinitionBuilder signed(int status, String body) {
        return response(status).withHeader("Content-Type", JOSE).withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseDefinitionBuilder response(int status) {
        return new ResponseDefinitionBuilder().withStatus(status);
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public String getName() {
        return NAME;
    }
}
