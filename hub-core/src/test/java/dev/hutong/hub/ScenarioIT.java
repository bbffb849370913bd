package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.conformance.demo.Person;
import dev.hutong.conformance.demo.Scenario;
import dev.hutong.conformance.province.Behaviour;
import dev.hutong.conformance.province.MintedCode;
import dev.hutong.conformance.province.VirtualPlatform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Codes of all formats through a real hub, whose answers are checked against its contract. */
class ScenarioIT extends RunningHubBase {
    @TestFactory
    Stream<DynamicTest> everyPersonOfTheDemoIsDecidedAsExpected() {
        Scenario scenario = Scenario.demo(provinces, clock);
        return scenario.people().stream()
                .map(person -> DynamicTest.dynamicTest(
                        person.holder() + ": " + person.story(),
                        () -> assertIsAsExpected(
                                person,
                                hub.verifier()
                                        .resolve(scenario.request(person, scenario.issue(person)))
                                        .json())));
    }

    private static void assertIsAsExpected(Person person, JsonNode decision) {
        assertThat(decision.get("risk").textValue()).isEqualTo(person.expect().risk());
        assertThat(decision.get("reason").textValue()).isEqualTo(person.expect().reason());
        assertThat(decision.get("destination").textValue()).isEqualTo(person.to());
        List<String> qualifiers = Objects.requireNonNullElse(person.expect().qualifiers(), List.of());
        if (!qualifiers.equals(List.of("any"))) {
            assertThat(new TreeSet<>(texts(decision.get("qualifiers")))).isEqualTo(new TreeSet<>(qualifiers));
        }
        if (person.expect().nativeStates() != null) {
            assertThat(decision.get("statements").findValuesAsText("native"))
                    .isEqualTo(person.expect().nativeStates());
        }
    }

    private static List<String> texts(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                .map(i -> array.get(i).textValue())
                .toList();
    }

    @Test
    void theTraceHasALineForEachStepThatRan() {
        JsonNode whole = hub.verifier()
                .resolve(provinces.province(Codes.GUANGDONG).sign(Codes.green(clock.instant())))
                .json();
        JsonNode half = hub.verifier().resolve("{\"code\":\"YKM2:eyJ\"}").json();

        assertThat(whole.get("trace").findValuesAsText("step"))
                .containsExactly("recognise", "open", "authenticate", "map", "judge");
        assertThat(half.get("trace").findValuesAsText("step")).containsExactly("recognise", "open");
        assertThat(half.get("trace").findValuesAsText("outcome")).containsExactly("passed", "MALFORMED_CODE");
    }

    @Test
    void decisionsGoOnWhileAPlatformIsDown() {
        MintedCode lost = provinces
                .province(Codes.HANGZHOU)
                .virtualPlatform()
                .issue(Codes.record("green", clock.instant().minus(Duration.ofHours(1))), Behaviour.reset());

        assertThat(hub.verifier().resolve(lost.scanned()).decided()).isEqualTo("ISSUER_UNAVAILABLE");
        assertThat(hub.verifier()
                        .resolve(provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(1, clock.instant())))
                        .decided())
                .isEqualTo("LOW");
    }

    @Test
    void row20AnAnswerIsNotKeptForTheNextTimeThatTheCodeIsShown() {
        VirtualPlatform platform = provinces.province(Codes.HANGZHOU).virtualPlatform();
        Instant recently = clock.instant().minus(Duration.ofHours(1));
        MintedCode code = platform.issue(Codes.record("green", recently));
        assertThat(hub.verifier().resolve(code.scanned()).decided()).isEqualTo("LOW");
        assertThat(hub.verifier().resolve(code.scanned()).header("Cache-Control"))
                .isEqualTo("no-store");
        assertThat(platform.requests(code.input())).as("asked each time").isEqualTo(2);

        platform.answer(code.input(), Codes.record("red", recently));

        assertThat(hub.verifier().resolve(code.scanned()).decided()).isEqualTo("HIGH");
    }

    @Test
    void aSlowPlatformKeepsNobodyElseWaiting() throws Exception {
        MintedCode slow = provinces
                .province(Codes.HANGZHOU)
                .virtualPlatform()
                .issue(
                        Codes.record("green", clock.instant().minus(Duration.ofHours(1))),
                        Behaviour.slow(Duration.ofMillis(1_500)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> waiting =
                    threads.submit(() -> hub.verifier().resolve(slow.scanned()).decided());
            for (int i = 0; i < 20; i++) {
                hub.verifier().resolve(provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(1, clock.instant())));
            }

            assertThat(waiting.isDone())
                    .as("twenty others were answered before")
                    .isFalse();
            assertThat(waiting.get()).isEqualTo("LOW");
        }
    }

    @Test
    void manyAtOnceAreEachAnsweredTheirOwn() throws Exception {
        Instant now = clock.instant();
        List<String> risks = List.of("LOW", "LOW", "MEDIUM", "HIGH");
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<JsonNode>> answers = IntStream.range(0, 400)
                    .mapToObj(i -> threads.submit(() -> hub.verifier()
                            .resolve(provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(i % 4, now)))
                            .json()))
                    .toList();

            TreeSet<String> ids = new TreeSet<>();
            for (int i = 0; i < answers.size(); i++) {
                JsonNode decision = answers.get(i).get();
                assertThat(decision.get("risk").textValue()).isEqualTo(risks.get(i % 4));
                ids.add(decision.get("id").textValue());
            }
            assertThat(ids).as("every decision has an id of its own").hasSize(400);
        }
    }
}
