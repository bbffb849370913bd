package dev.hutong.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.resolve.Decision;
import dev.hutong.hub.resolve.DecisionJson;
import dev.hutong.hub.resolve.Disclosure;
import dev.hutong.hub.resolve.Ledger;
import dev.hutong.hub.resolve.Question;
import dev.hutong.hub.resolve.Resolver;
import dev.hutong.hub.resolve.RulesInForce;
import dev.hutong.hub.resolve.Shadow;
import dev.hutong.mapping.Explanations;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.mapping.policy.Policy;
import dev.hutong.mapping.policy.Presented;
import dev.hutong.province.EnvelopeReader;
import dev.hutong.province.OpenedCode;
import dev.hutong.province.Platforms;
import dev.hutong.province.RecognisedCode;
import dev.hutong.province.Recogniser;
import dev.hutong.province.ScannedCode;
import dev.hutong.province.TokenAuthenticator;
import dev.hutong.registry.ConfirmedSnapshot;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.SignatureProviders;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What each step of the way of a code costs, and all of them together, without socket and ledger. {@code run steps} says what it writes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepsBenchmark {
    private static final int CODES = 1_000;

    private final EnvelopeReader reader = new EnvelopeReader();
    private final TokenAuthenticator authenticator = new TokenAuthenticator();
    private final List<One> all = new ArrayList<>();
    private Recogniser recogniser;
    private RegistrySnapshot registry;
    private Policy policy;
    private Resolver resolver;
    private Instant now;
    private int next;

    /** A code, and what it comes to at each step. */
    private record One(
            ScannedCode code,
            RecognisedCode recognised,
            OpenedCode.SignedText opened,
            SignedClaims signed,
            List<Statement> statements,
            Question question,
            Decision decision) {}

    @Setup
    public void prepare() throws IOException {
        now = Instant.now();
        SignatureProviders providers = SignatureProviders.choose();
        if (!(RegistryFolder.tryOpen(Path.of(System.getProperty("data"))) instanceof RegistryFolder.Opened(RegistryFolder folder))) {
            throw new IllegalStateException("the data folder cannot be opened");
        }
        try (folder; Registry opened = Registry.open(folder.log(), providers, InstantSource.system())) {
            registry = opened.snapshot();
        }
        Regions regions = Regions.load();
        FormatVersions formats = FormatVersions.bundled(regions);
        Policies policies = Policies.bundled(regions);
        recogniser = new Recogniser(formats.inForce(now));
        ConfirmedSnapshot confirmed = new ConfirmedSnapshot(registry, Instant.MAX);
        resolver = new Resolver(
                () -> confirmed,
                Duration.ZERO,
                new RulesInForce(formats, policies, now),
                new Platforms((url, json, within) -> Future.failedFuture("nobody"), () -> now, Duration.ofSeconds(1)),
                Explanations.bundled(),
                () -> now,
                Shadow.NONE,
                Ledger.NONE);
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(Path.of(System.getProperty("codes"))).subList(0, CODES)) {
            String destination = json.readTree(line).get("destination").textValue();
            policy = policies.find(destination).orElseThrow();
            all.add(one(ScannedCode.ofText(json.readTree(line).get("code").textValue()), destination));
        }
    }

    private One one(ScannedCode code, String destination) {
        RecognisedCode recognised = passed(recogniser.recognise(code));
        OpenedCode.SignedText opened = (OpenedCode.SignedText) passed(reader.open(recognised));
        SignedClaims signed = passed(authenticator.authenticate(opened, registry, now));
        Question question = new Question(List.of(code), destination, null);
        return new One(
                code,
                recognised,
                opened,
                signed,
                passed(signed.map(now)),
                question,
                resolver.resolve(question, Caller.NOBODY).result());
    }

    private static <T> T passed(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Passed<T>(T value) -> value;
            case Outcome.Refused<T> refused -> throw new IllegalStateException(refused.why());
        };
    }

    private One next() {
        next = next + 1 == CODES ? 0 : next + 1;
        return all.get(next);
    }

    @Benchmark
    public Object recognise() {
        return recogniser.recognise(next().code());
    }

    @Benchmark
    public Object open() {
        return reader.open(next().recognised());
    }

    @Benchmark
    public Object authenticate() {
        return authenticator.authenticate(next().opened(), registry, now);
    }

    @Benchmark
    public Object map() {
        return next().signed().map(now);
    }

    @Benchmark
    public Object judge() {
        return policy.judge(new Presented(next().statements(), null, now));
    }

    @Benchmark
    public Object resolve() {
        return resolver.resolve(next().question(), Caller.NOBODY).result();
    }

    @Benchmark
    public Object write() {
        return DecisionJson.write(next().decision(), Disclosure.to(Caller.NOBODY));
    }

    /** Measures by the data folder {@code arguments[0]} and the codes of {@code arguments[1]}; a line for each: name, ns, octets of garbage. */
    public static void main(String[] arguments) throws RunnerException {
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(StepsBenchmark.class.getSimpleName())
                        .jvmArgsAppend("-Ddata=" + arguments[0], "-Dcodes=" + arguments[1])
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.seconds(2))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run()) {
            System.out.printf(
                    "RESULT %s %.0f %.0f%n",
                    result.getPrimaryResult().getLabel(),
                    result.getPrimaryResult().getStatistics().getPercentile(50),
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        }
    }
}
