package dev.hutong.mapping.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.InvalidPackageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
    private static final Policies POLICIES = Policies.bundled(Regions.load());

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"440300", "330200", "110105"})
    void aRegionWithoutAPolicyOfItsOwnAndNoDestinationUseTheDefault(@Nullable String destination) {
        assertThat(POLICIES.find(destination)).contains(POLICIES.defaultPolicy());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "999999", "4401", "guangzhou", "440100 ", "default", "../default"})
    void whatIsNoRegionHasNoPolicy(String destination) {
        assertThat(POLICIES.find(destination)).isEmpty();
    }

    @Test
    void theDefaultIsCitedWithItsVersion() {
        assertThat(POLICIES.defaultPolicy().versioned()).isEqualTo("default@1.0.0");
    }

    @Test
    void theDefaultIsClearedFrom34To37Point2() {
        assertThat(POLICIES.defaultPolicy().clearedBy()).contains(new ClearingRange("34.0", "37.2"));
    }

    @Test
    void theDefaultHasATitleInBothLanguages() {
        Policy policy = POLICIES.defaultPolicy();
        assertThat(List.of(policy.title().chinese(), policy.title().english()))
                .allSatisfy(title -> assertThat(title).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "440000,guangdong",
        "440100,guangzhou",
        "330000,zhejiang",
        "330100,hangzhou",
        "110000,beijing",
        "820000,macao",
        "000000,national"
    })
    void aRegionWithAPolicyOfItsOwnIsJudgedByIt(String destination, String policy) {
        assertThat(POLICIES.find(destination).map(Policy::name)).contains(policy);
        assertThat(POLICIES.named(policy + "@1.0.0")).isEqualTo(POLICIES.find(destination));
        assertThat(POLICIES.named(policy + "@1.0.1")).isEmpty();
    }

    @Test
    void whatTheFilesOfPoliciesHoldMakesTheSamePolicies() {
        Policies again = Policies.of(POLICIES.files(), Regions.load());

        assertThat(again.all())
                .extracting(Policy::versioned)
                .isEqualTo(POLICIES.all().stream().map(Policy::versioned).toList());
        assertThat(POLICIES.files()).containsKeys("default.yaml").doesNotContainKey("default.examples.yaml");
    }

    @Nested
    class AFolderOfTheOperators {
        @TempDir
        Path folder;

        @Test
        void addsAPolicy() throws IOException {
            write("shenzhen", "1.0.0", "destinations: [\"440300\"]");

            assertThat(POLICIES.and(folder).find("440300").map(Policy::versioned))
                    .contains("shenzhen@1.0.0");
            assertThat(POLICIES.and(folder).find("110000").map(Policy::versioned))
                    .contains("beijing@1.0.0");
        }

        @Test
        void replacesAPolicyByALaterVersion() throws IOException {
            write("default", "1.10.0", "");

            assertThat(POLICIES.and(folder).find(null).map(Policy::versioned)).contains("default@1.10.0");
            assertThat(POLICIES.and(folder).defaultPolicy().clearedBy()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"1.0.0", "0.9.9"})
        void replacesNoPolicyByTheSameOrAnEarlierVersion(String version) throws IOException {
            write("beijing", version, "destinations: [\"110000\"]");

            assertRefused("beijing.yaml", "version", "beijing@1.0.0");
        }

        @Test
        void hasNoSecondPolicyOfADestination() throws IOException {
            write("shenzhen", "1.0.0", "destinations: [\"440100\"]");

            assertRefused("destinations", "guangzhou", "shenzhen", "440100");
        }

        @Test
        void hasNoDefaultWithDestinations() throws IOException {
            write("default", "1.0.1", "destinations: [\"440300\"]");

            assertRefused("default", "destinations");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                destinations: ["999999"]                                    | destinations: «999999»
                destination: "440300"                                       | destination
                clearedBy: { from: "34.0", to: "42.0" }                     | clearedBy
                demands: [{ id: a }]                                        | text
                demands: [{ id: a, %s }]                                    | exactly one of
                demands: [{ id: a, %s, refuse: [PRINTED], greenOnly: {} }]  | exactly one of
                demands: [{ id: a, %s, refuse: [] }]                        | refuse
                demands: [{ id: a, %s, refuse: [GREEN] }]                   | GREEN
                demands: [{ id: A, %s, refuse: [PRINTED] }]                 | demands: an id
                demands: [{ id: a, %s, refuse: [PRINTED] }, { id: a, %s, greenOnly: {} }] | there twice
                demands: [{ id: a, %s, negativePcr: { withinHours: 0 } }]   | negativePcr
                demands: [{ id: a, %s, negativePcr: {} }]                   | withinHours
                demands: [{ id: a, %s, judgeAs: { of: ["420000"], from: HIGH, as: LOW } }] | never milder
                demands: [{ id: a, %s, judgeAs: { of: ["420000"], from: UNKNOWN, as: HIGH } }] | never milder
                demands: [{ id: a, %s, judgeAs: { of: [], from: LOW, as: HIGH } }] | judgeAs.of
                demands: [{ id: a, %s, judgeAs: { of: [Hubei], from: LOW, as: HIGH } }] | judgeAs.of
                demands: [{ id: a, %s, noMark: { evidence: itinerary, mark: "", withinDays: 1 } }] | noMark.mark
                demands: [{ id: a, %s, noMark: { evidence: itinerary, mark: "*", withinDays: -1 } }] | noMark
                """)
        void hasNoPolicyThatCannotBeUsed(String member, String complaint) throws IOException {
            String text = "text: { zh-CN: 示例, en: an example }, remedy: { zh-CN: 示例, en: an example }";
            write("shenzhen", "1.0.0", member.replace("%s", text));

            assertRefused("shenzhen.yaml", complaint);
        }

        @Test
        void namesEachFileByItsPolicy() throws IOException {
            write("shenzhen", "1.0.0", "");
            Files.move(folder.resolve("shenzhen.yaml"), folder.resolve("other.yaml"));

            assertRefused("other.yaml", "shenzhen.yaml");
        }

        @Test
        void isThere() {
            assertThatExceptionOfType(InvalidPackageException.class)
                    .isThrownBy(() -> POLICIES.and(folder.resolve("none")))
                    .withMessageContaining("none");
        }

        private void assertRefused(String... parts) {
            assertThatExceptionOfType(InvalidPackageException.class)
                    .isThrownBy(() -> POLICIES.and(folder))
                    .satisfies(refusal -> assertThat(refusal).message().contains(parts));
        }

        private void write(String name, String version, String member) throws IOException {
            Files.writeString(
                    folder.resolve(name + ".yaml"),
                    "policy: " + name + "\nversion: " + version + "\ntitle: { zh-CN: 示例, en: an example }\n" + member);
        }
    }
}
