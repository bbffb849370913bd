package dev.hutong.conformance.province;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.conformance.province.ProvinceSheet.CodeShape;
import dev.hutong.conformance.province.ProvinceSheet.Platform;
import dev.hutong.conformance.province.ProvinceSheet.Step;
import dev.hutong.conformance.template.Placeholders;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A province's platform on a loopback port of its own. It answers for the codes it was told of and says of every other that it does not know it. Safe for use by several threads.
 */
public final class VirtualPlatform implements AutoCloseable {
    /** Slow and trickling answers hold a thread each. */
    private static final int THREADS = 64;

    private final Platform description;
    private final SigningKey key;
    private final InstantSource clock;
    private final AnswerBook book = new AnswerBook();
    private final PlatformTransformer transformer;
    private final WireMockServer server;
    private final URI uri;
    private final SecureRandom random = new SecureRandom();

    private VirtualPlatform(
            VirtualProvince province, Platform description, Supplier<SigningKey> foreignKey, InstantSource clock) {
        this.description = description;
        this.key = province.key();
        this.clock = clock;
        var desk = new AnswerDesk(province, description, foreignKey, clock, book);
        this.transformer = new PlatformTransformer(description.steps(), book, desk);
        this.server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .containerThreads(THREADS)
                .jettyStopTimeout(100L)
                .timeout(0)
                .stubRequestLoggingDisabled(true)
                .disableRequestJournal()
                .notifier(new LoggingNotifier())
                .extensions(transformer));
        server.start();
        server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(405)));
        server.stubFor(post(anyUrl()).atPriority(1).willReturn(aResponse().withTransformers(PlatformTransformer.NAME)));
        this.uri = URI.create("http://127.0.0.1:" + server.port());
        warmUp();
    }

    /** The first request loads most of the server: a hub that gives a platform two seconds should not pay for it. Not counted. */
    private void warmUp() {
        key.sign(new byte[1]);
        try {
            var connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.getResponseCode();
            connection.disconnect();
        } catch (IOException e) {
            server.stop();
            throw new IllegalStateException("the virtual platform at " + uri + " does not answer", e);
        }
    }

    static VirtualPlatform start(
            VirtualProvince province, Platform description, Supplier<SigningKey> foreignKey, InstantSource clock) {
        return new VirtualPlatform(province, description, foreignKey, clock);
    }

    /** Where it listens, without a trailing slash; the paths of the steps are appended. */
    public URI uri() {
        return uri;
    }

    /** The paths of the steps, in their order. */
    public List<String> paths() {
        return description.steps().stream().map(Step::path).toList();
    }

    /**
     * A fresh code of the platform's usual shape. The platform does not know it before {@link #answer}.
     */
    public MintedCode mint() {
        return mint(description.codes().keySet().iterator().next());
    }

    /**
     * A fresh code of a named shape.
     *
     * @throws IllegalArgumentException if the platform's codes have no such shape
     */
    public MintedCode mint(String shapeName) {
        CodeShape shape = description.codes().get(shapeName);
        if (shape == null) {
            throw new IllegalArgumentException("no code shape \"" + shapeName + "\": there is "
                    + description.codes().keySet());
        }
        return MintedCode.of(shape, new Placeholders(clock.instant(), random), random, key);
    }

    /**
     * Lets the platform answer for a code from now on, and forgets what it was told of it before.
     *
     * @param input what a hub will ask with, see {@link MintedCode#input}
     * @param record the person's record as the format wants it
     * @param behaviours how it behaves at the first step, the second …; honest where none is given
     * @throws IllegalArgumentException if there are more behaviours than steps, or one refuses at a step that has no way to
     */
    public void answer(ScannedCode input, JsonNode record, Behaviour... behaviours) {
        List<Step> steps = description.steps();
        if (behaviours.length > steps.size()) {
            throw new IllegalArgumentException(behaviours.length + " behaviours for " + steps.size() + " steps");
        }
        for (int number = 0; number < behaviours.length; number++) {
            boolean refuses = behaviours[number] instanceof Behaviour.Refuses
                    || behaviours[number] instanceof Behaviour.RefusesOnce;
            if (refuses && steps.get(number).refusal() == null) {
                throw new IllegalArgumentException(steps.get(number).path() + " has no way to refuse");
            }
        }
        book.enter(input, new Answer(record, List.of(behaviours), steps.size()));
    }

    /** As {@link #answer(ScannedCode, JsonNode, Behaviour...)}, for a text. */
    public void answer(String input, JsonNode record, Behaviour... behaviours) {
        answer(ScannedCode.ofText(input), record, behaviours);
    }

    /** As {@link #answer(ScannedCode, JsonNode, Behaviour...)}, for bytes. */
    public void answer(byte[] input, JsonNode record, Behaviour... behaviours) {
        answer(ScannedCode.ofBytes(input), record, behaviours);
    }

    /** Mints a code of the usual shape and answers for it. */
    public MintedCode issue(JsonNode record, Behaviour... behaviours) {
        MintedCode code = mint();
        answer(code.input(), record, behaviours);
        return code;
    }

    /** How many POST requests came in all, whatever became of them. */
    public int requests() {
        return transformer.requests();
    }

    /** How many came for this code, at all steps together; 0 for a code the platform was not told of. */
    public int requests(ScannedCode input) {
        return book.find(0, input).map(Answer::requests).orElse(0);
    }

    /** How many came for this code at one step, counted from 0. */
    public int requests(ScannedCode input, int step) {
        Optional<Answer> answer = book.find(0, input);
        return answer.map(known -> known.requests(step)).orElse(0);
    }

    /** Stops listening: from then on connections are refused. */
    @Override
    public void close() {
        server.stop();
    }
}
