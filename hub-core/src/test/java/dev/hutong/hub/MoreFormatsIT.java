package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.conformance.jose.TokenFault;
import dev.hutong.conformance.province.Behaviour;
import dev.hutong.conformance.province.MintedCode;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualPlatform;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.conformance.template.Placeholders;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A code of each format that the demo does not show, through a real hub and, where one is asked, a real platform. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MoreFormatsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN =
            "'iss':'${issuer}','jti':'${hex:32}','sub':'${hex:32}','iat':'${seconds:now-5s}','exp':'${seconds:now+5m}',";
    private static final String GREEN = "{'type':'00','updateTime':'${local:now-1h}'}";

    private final InstantSource clock = InstantSource.system();
    private VirtualProvinces provinces;
    private TestHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        provinces = VirtualProvinces.startMore(clock);
        hub = TestHub.start(data, provinces, clock);
    }

    @AfterAll
    void stop() {
        hub.close();
        provinces.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "110000.beijing    | 'zt':'未见异常','ys':'red','gxsj':'${seconds:now-1h}'                            | LOW",
                "110000.beijing    | 'zt':'集中观察','ys':'green','gxsj':'${seconds:now-1h}'                          | HIGH",
                "110000.beijing    | 'zt':'尚未掌握','gxsj':'${seconds:now-1h}'                                       | NOT_CHECKED",
                "510000.tianfutong | 'ys':'green','zs':true,'zsz':'${seconds:now+2h}','gxsj':'${seconds:now-1h}'      | LOW",
                "510000.tianfutong | 'ys':'green','zs':true,'zsz':'${seconds:now-1s}','gxsj':'${seconds:now-1h}'      | MEDIUM",
                "420000.hubei      | 'ys':'green','yxq':'${seconds:now+2h}','gxsj':'${seconds:now-1h}'                | LOW",
                "420000.hubei      | 'ys':'green','yxq':'${seconds:now-1s}','gxsj':'${seconds:now-1h}'                | MEDIUM",
                "820000.macao      | 'ys':'green','scsj':'${seconds:now-5h}','hs':{'jg':'N','rq':'${date:now-1d}'}    | LOW",
                "820000.macao      | 'ys':'green','scsj':'${seconds:now-6h}'                                          | EXPIRED_CODE",
                "000000.itinerary  | 'ys':'green','tj':[{'cs':'440100','rq':'${date:now-2d}'}]                        | NOT_CHECKED"
            })
    void aSignedTextMeansWhatItsPackageSays(String issuer, String claims, String decided) {
        ScannedCode code = provinces.province(issuer).sign(filled("{" + TOKEN + claims + "}", issuer));

        assertThat(hub.verifier().resolve(code).decided()).isEqualTo(decided);
    }

    @Test
    void aForgedTextOfANewFormatIsNobodys() {
        String claims = "{" + TOKEN + "'ys':'green','scsj':'${seconds:now-1h}'}";
        ScannedCode forged =
                provinces.province("820000.macao").sign(filled(claims, "820000.macao"), TokenFault.TAMPERED_SIGNATURE);

        assertThat(hub.verifier().resolve(forged).decided()).isEqualTo("BAD_SIGNATURE");
    }

    @Test
    void anItineraryIsEvidenceInADecisionThatKnowsNothing() {
        String claims = "{" + TOKEN + "'ys':'red','tj':[{'cs':'440100','rq':'${date:now-2d}','xh':true}]}";
        ScannedCode card = provinces.province("000000.itinerary").sign(filled(claims, "000000.itinerary"));

        JsonNode statement = hub.verifier().resolve(card).json().at("/statements/0");

        assertThat(statement.get("risk").textValue()).isEqualTo("UNKNOWN");
        assertThat(statement.at("/evidence/0/kind").textValue()).isEqualTo("itinerary");
        assertThat(statement.at("/evidence/0/value").textValue()).isEqualTo("440100");
    }

    @ParameterizedTest
    @CsvSource({"green, 1, LOW", "yellow, 1, MEDIUM", "green, 14, EXPIRED_DECLARATION", "red, 14, HIGH"})
    void aLinkToTheSharedPageIsAskedOfItsOwnProvince(String status, int daysAgo, String decided) {
        String record = "{'status':'%s','declareTime':'${local:now-%dd}','updateTime':'${local:now-1h}'}"
                .formatted(status, daysAgo);
        MintedCode code = platform("320000.sukangma").issue(filled(record, "320000.sukangma"));

        assertThat(hub.verifier().resolve(code.scanned()).decided()).isEqualTo(decided);
    }

    @ParameterizedTest
    @CsvSource({
        "signed, 00, LOW",
        "basic, 01, MEDIUM",
        "signed, 10, HIGH",
        "foreign-transit, 00, LOW",
        "signed, 11, UNMAPPED_STATUS"
    })
    void aReferenceWithoutAColourIsAskedAbout(String shape, String type, String decided) {
        MintedCode code = minted(shape, GREEN.replace("00", type));

        assertThat(hub.verifier().resolve(code.scanned()).decided()).isEqualTo(decided);
        assertThat(platform("310000.suishenma").requests(code.input())).isEqualTo(1);
    }

    @Test
    void aSignedReferenceIsAuthenticatedAndThenAskedAbout() {
        MintedCode code = minted("signed", GREEN);

        JsonNode decision = hub.verifier().resolve(code.scanned()).json();

        assertThat(code.scanned().text()).hasSize(308);
        assertThat(decision.get("trace").findValuesAsText("step"))
                .containsExactly("recognise", "open", "authenticate", "ask", "map", "judge");
        assertThat(decision.get("issuer").textValue()).isEqualTo("310000.suishenma");
    }

    @ParameterizedTest
    @CsvSource({
        "forged, BAD_SIGNATURE",
        "expired, EXPIRED_CODE",
        "second-key, MALFORMED_CODE",
        "third-key, UNKNOWN_KEY",
        "no-key, UNKNOWN_KEY"
    })
    void aReferenceThatIsForgedOrOverIsNotAskedAbout(String shape, String reason) {
        MintedCode code = minted(shape, GREEN);

        JsonNode decision = hub.verifier().resolve(code.scanned()).json();

        assertThat(decision.get("reason").textValue()).isEqualTo(reason);
        assertThat(decision.get("trace").findValuesAsText("step"))
                .isEqualTo(List.of("recognise", "open", "authenticate"));
        assertThat(platform("310000.suishenma").requests(code.input())).isZero();
    }

    @Test
    void aSignedReferenceWhosePlatformIsLostIsNoGreen() {
        MintedCode code = minted("signed", GREEN, Behaviour.reset());

        JsonNode decision = hub.verifier().resolve(code.scanned()).json();

        assertThat(decision.get("reason").textValue()).isEqualTo("ISSUER_UNAVAILABLE");
        assertThat(decision.get("issuer").textValue()).as("who signed the code").isEqualTo("310000.suishenma");
    }

    private MintedCode minted(String shape, String record, Behaviour... behaviours) {
        VirtualPlatform platform = platform("310000.suishenma");
        MintedCode code = platform.mint(shape);
        platform.answer(code.input(), filled(record, "310000.suishenma"), behaviours);
        return code;
    }

    private VirtualPlatform platform(String issuer) {
        return provinces.province(issuer).virtualPlatform();
    }

    private JsonNode filled(String json, String issuer) {
        try {
            return new Placeholders(clock.instant(), new SecureRandom())
                    .with("issuer", issuer)
                    .fill(JSON.readTree(json.replace('\'', '"')));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
