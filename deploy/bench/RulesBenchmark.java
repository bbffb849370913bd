package dev.hutong.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.Claims;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatPackages;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.mapping.policy.Presented;
import dev.hutong.mapping.policy.Verdict;
import dev.hutong.province.RecognisedCode;
import dev.hutong.province.Recogniser;
import dev.hutong.province.ScannedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What it costs to recognise a code, to map what it says and to judge that, for every format that is shipped, and what recognising costs with
 * few formats and with many. Each format's own examples are measured. Run it by {@code deploy/bench/rules}, which says what it writes.
 */
public class RulesBenchmark {
    /** One format, with a code of it and what that says. */
    @State(Scope.Benchmark)
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public static class OfOneFormat {
        private static final YAMLMapper YAML = new YAMLMapper();

        @Param("")
        String format;

        private Recogniser recogniser;
        private Policies policies;
        private ScannedCode code;
        private SignedClaims signed;
        private Instant now;

        @Setup
        public void read() throws IOException {
            Regions regions = Regions.load();
            FormatPackages formats = FormatVersions.bundled(regions).inForce(Instant.now());
            FormatPackage measured = formats.packages().stream()
                    .filter(one -> one.id().value().equals(format))
                    .findFirst()
                    .orElseThrow();
            recogniser = new Recogniser(formats);
            policies = Policies.bundled(regions);
            JsonNode examples = YAML.readTree(
                    Path.of(System.getProperty("formats"), format, "examples.yaml").toFile());
            code = claimed(examples.get("recognise"));
            readStatement(examples, measured);
        }

        private static ScannedCode claimed(JsonNode examples) {
            for (JsonNode example : examples) {
                if (example.get("is").textValue().equals("claimed")) {
                    return example.has("code")
                            ? ScannedCode.ofText(example.get("code").textValue())
                            : ScannedCode.ofBytes(HexFormat.of().parseHex(example.get("bytes").textValue()));
                }
            }
            throw new IllegalStateException("no example that is claimed");
        }

        /** The first example that the package's own claims give, and that comes to a statement. */
        private void readStatement(JsonNode examples, FormatPackage measured) {
            for (JsonNode example : examples.get("map")) {
                if (example.has("absent") || !example.get("gives").has("statements")) {
                    continue;
                }
                ObjectNode payload = examples.get("base").deepCopy();
                if (example.get("claims") instanceof ObjectNode more) {
                    more.properties().forEach(member -> {
                        if (payload.get(member.getKey()) instanceof ObjectNode below
                                && member.getValue() instanceof ObjectNode above) {
                            below.setAll(above);
                        } else {
                            payload.set(member.getKey(), member.getValue());
                        }
                    });
                }
                now = Instant.parse(example.get("now").textValue());
                Instant codeEnds = example.has("codeEnds")
                        ? Instant.parse(example.get("codeEnds").textValue())
                        : now.plusSeconds(60);
                if (measured.envelope().statementToken().read(payload) instanceof Outcome.Passed<Claims>(Claims claims)) {
                    signed = new SignedClaims(measured, claims, codeEnds);
                    return;
                }
            }
            throw new IllegalStateException("no example that comes to a statement");
        }

        @Benchmark
        public Object recogniseMapJudge() {
            if (!(recogniser.recognise(code) instanceof Outcome.Passed<RecognisedCode>(RecognisedCode recognised))
                    || !(signed.map(now) instanceof Outcome.Passed<List<Statement>>(List<Statement> statements))) {
                throw new IllegalStateException("the example is refused");
            }
            Verdict verdict = policies.defaultPolicy().judge(new Presented(statements, null, now));
            return recognised.format() == signed.format() ? verdict : recognised;
        }
    }

    /** Many formats, all alike but for how their codes begin. */
    @State(Scope.Benchmark)
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public static class OfManyFormats {
        private static final String PACKAGE = """
                format: f%1$d
                version: 1.0.0
                region: "330100"
                title: { zh-CN: 示例, en: example }
                recognise:
                  - text: { prefix: "F%1$d:" }
                open:
                  signed-text:
                    typ: example+jwt
                    claims:
                      iss:   { type: text }
                      iat:   { type: seconds }
                      exp:   { type: seconds }
                      state: { type: text }
                statements:
                  state: state
                  assertedAt: iat
                  rules:
                    - { id: green, state: G, risk: LOW, meaning: { zh-CN: 绿码, en: green code } }
                  otherwise: { id: unmapped, meaning: { zh-CN: 无法识别, en: unmapped }, remedy: { zh-CN: 请刷新, en: refresh it } }
                  validity:
                    - { until: iat + 24 * hours, reason: EXPIRED_STATEMENT }
                """;

        @Param({"10", "100", "1000"})
        int formats;

        private Recogniser recogniser;
        private ScannedCode[] codes;
        private int next;

        @Setup
        public void make() throws IOException {
            Path folder = Files.createTempDirectory("formats");
            codes = new ScannedCode[formats];
            for (int i = 0; i < formats; i++) {
                Path one = Files.createDirectory(folder.resolve("f" + i));
                Files.writeString(one.resolve(FormatVersions.DOCUMENT), PACKAGE.formatted(i));
                codes[i] = ScannedCode.ofText("F" + i + ":eyJhbGciOiJFUzI1NiJ9.e30.c2ln");
            }
            recogniser = new Recogniser(FormatVersions.load(folder, Regions.load()).inForce(Instant.EPOCH));
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
            }
        }

        @Benchmark
        public Object recognise() {
            next = next + 1 == codes.length ? 0 : next + 1;
            return recogniser.recognise(codes[next]);
        }
    }

    /** Measures every folder of {@code arguments[0]} and prints a line for each: name, median in ns, octets of garbage. */
    public static void main(String[] arguments) throws IOException, RunnerException {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        String[] formats;
        try (Stream<Path> packages = Files.list(folder)) {
            formats = packages.map(one -> one.getFileName().toString())
                    .filter(name -> !name.contains("@")) // an earlier or later version
                    .sorted()
                    .toArray(String[]::new);
        }
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(RulesBenchmark.class.getSimpleName())
                        .param("format", formats)
                        .jvmArgsAppend("-Dformats=" + folder)
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.seconds(2))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        for (RunResult result : results) {
            String of = result.getParams().getParam("format");
            Result<?> garbage = result.getSecondaryResults().get("gc.alloc.rate.norm");
            System.out.printf(
                    "RESULT %s %.0f %.0f%n",
                    of == null ? result.getParams().getParam("formats") + "-formats" : of,
                    result.getPrimaryResult().getStatistics().getPercentile(50),
                    garbage.getScore());
        }
    }
}
