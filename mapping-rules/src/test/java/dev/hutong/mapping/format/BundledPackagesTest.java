package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the packages that travel with the hub say beside their rules: who, by what, and how the platform is asked. */
class BundledPackagesTest {
    private static final Recognition.Digits HEX_32 = new Recognition.Digits(32, 0, "");
    private static final FormatVersions PACKAGES = FormatVersions.bundled(TestPackages.REGIONS);

    @ParameterizedTest
    @CsvSource({
        "yuekangma, 440000.yuekangma",
        "suikangma, 440100.suikangma",
        "hangzhou, 330100.hangzhou",
        "national, 000000.national",
        "suishenma, 310000.suishenma",
        "sukangma, 320000.sukangma",
        "beijing, 110000.beijing",
        "tianfutong, 510000.tianfutong",
        "hubei, 420000.hubei",
        "macao, 820000.macao",
        "itinerary, 000000.itinerary"
    })
    void eachFormatHasItsIssuer(String id, String issuer) {
        assertThat(format(id).issuer()).hasToString(issuer);
    }

    @Test
    void formatsAreRecognisedByWhatTheContractNames() {
        assertThat(format("yuekangma").recognitions()).containsExactly(new Recognition.Text("YKM2:", null, ""));
        assertThat(format("suikangma").recognitions()).containsExactly(new Recognition.Text("SKM:", null, ""));
        assertThat(format("hangzhou").recognitions())
                .containsExactly(new Recognition.Url(
                        List.of("h5.dingtalk.com", "healthcode.dingtalk.com"),
                        "/healthAct/index.html",
                        "qrCode",
                        "V0ding",
                        HEX_32,
                        "/result"));
        assertThat(format("national").recognitions())
                .containsExactly(new Recognition.Text("jkm2020", HEX_32, ""), new Recognition.Bytes("CTID", 64, 1024));
    }

    @ParameterizedTest
    @CsvSource({
        "yuekangma, ykm+jwt",
        "suikangma, skm+jwt",
        "hangzhou, jkm-answer+jwt",
        "national, gjm-report+jwt",
        "suishenma, ssm-answer+jwt",
        "sukangma, sukm-answer+jwt",
        "beijing, bjjkb+jwt",
        "tianfutong, tft+jwt",
        "hubei, hbjkm+jwt",
        "macao, amjkm+jwt",
        "itinerary, xck+jwt"
    })
    void eachTokenHasItsTyp(String id, String typ) {
        assertThat(format(id).envelope().statementToken().typ()).isEqualTo(typ);
    }

    @Test
    void hangzhouIsAskedInOneStep() {
        List<PlatformStep> steps = steps("hangzhou");
        assertThat(steps).hasSize(1);
        PlatformStep ask = steps.getFirst();
        assertThat(ask.path()).isEqualTo("/parse-jkm");
        assertThat(ask.request())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "qrCode", "{input}",
                        "requestId", "{requestId}",
                        "timestamp", "{timestamp}",
                        "format", "json",
                        "version", "1.0"));
        assertThat(ask.requires()).containsExactly("data.level");
        assertThat(ask.next()).isNull();
        assertCodes(ask);
    }

    @Test
    void theNationalPlatformIsAskedInTwoSteps() {
        List<PlatformStep> steps = steps("national");
        assertThat(steps)
                .extracting(PlatformStep::path)
                .containsExactly("/code/validateCode", "/userHealth/validateInfo");
        PlatformStep first = steps.getFirst();
        assertThat(first.answer().typ()).isEqualTo("gjm-code+jwt");
        assertThat(first.request()).containsOnlyKeys("qrCode", "requestId");
        assertThat(first.requestForBytes()).containsOnlyKeys("qrCodeBytes", "requestId");
        assertThat(first.requires()).containsExactly("bizExtData");
        assertThat(first.next()).isEqualTo("bizExtData");
        assertCodes(first);
        PlatformStep second = steps.getLast();
        assertThat(second.request()).containsOnlyKeys("bizExtData", "requestId");
        assertThat(second.jsonText()).containsExactly("content");
        assertThat(second.next()).isNull();
    }

    private static void assertCodes(PlatformStep step) {
        assertThat(step.codes())
                .isEqualTo(new PlatformStep.Codes(
                        "code",
                        200,
                        Set.of(40017L),
                        Map.of(
                                40006L, Reason.ISSUER_UNAVAILABLE,
                                40007L, Reason.EXPIRED_CODE,
                                40008L, Reason.MALFORMED_CODE,
                                40017L, Reason.ISSUER_UNAVAILABLE,
                                40019L, Reason.ISSUER_UNAVAILABLE)));
    }

    private static List<PlatformStep> steps(String id) {
        return switch (format(id).envelope()) {
            case Envelope.Platform(List<PlatformStep> steps) -> steps;
            case Envelope.Packed(var layout, Envelope.Platform(List<PlatformStep> steps)) -> steps;
            case Envelope.SignedText signedText -> throw new AssertionError(signedText);
        };
    }

    private static FormatPackage format(String id) {
        return PACKAGES.packages().stream()
                .filter(format -> format.id().equals(new FormatId(id)))
                .findFirst()
                .orElseThrow();
    }
}
