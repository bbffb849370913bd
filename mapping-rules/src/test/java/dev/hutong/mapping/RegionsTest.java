package dev.hutong.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionsTest {
    private static final Regions REGIONS = Regions.load();

    @ParameterizedTest
    @ValueSource(strings = {"000000", "440000", "440100", "330106", "820000"})
    void countryProvincesPrefecturesAndCountiesAreFoundByCode(String code) {
        assertThat(REGIONS.find(code)).contains(new RegionCode(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "999999", "440001", "44", "4401", "440100 ", "４４０１００", "code,n", "# The "})
    void whatIsNoCodeOfTheTableIsNotFound(String code) {
        assertThat(REGIONS.find(code)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "广东省, 440000",
        "广东, 440000",
        "杭州市, 330100",
        "北京市, 110000",
        "北京, 110000",
        "内蒙古, 150000",
        "新疆维吾尔自治区, 650000",
        "香港, 810000",
        "澳门特别行政区, 820000"
    })
    void provincesAndPrefecturesAreFoundByName(String name, String code) {
        assertThat(REGIONS.named(name)).contains(new RegionCode(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 广东省", "广东省 ", "某某省", "西湖区", "null", "Guangdong"})
    void nothingIsGuessedAboutAnotherName(String name) {
        assertThat(REGIONS.named(name)).isEmpty();
    }

    @Test
    void aPrefectureOfAProvincesNameIsAnotherRegion() {
        assertThat(REGIONS.named("吉林")).contains(new RegionCode("220000"));
        assertThat(REGIONS.named("吉林市")).contains(new RegionCode("220200"));
    }
}
