package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimSchemaTest {
    private static final ClaimSchema SCHEMA = ClaimSchema.of(members(
            Map.entry("id", scalar(ClaimKind.TEXT)),
            Map.entry("at", optional(ClaimKind.SECONDS)),
            Map.entry("note", new FormatDocument.Claim(ClaimKind.TEXT, true, true, null, null, null, null, null, null)),
            Map.entry(
                    "level",
                    new FormatDocument.Claim(
                            ClaimKind.INTEGER, true, false, List.of("1", "2"), null, null, null, null, null)),
            Map.entry(
                    "test",
                    new FormatDocument.Claim(
                            ClaimKind.OBJECT,
                            true,
                            false,
                            null,
                            members(Map.entry("result", scalar(ClaimKind.TEXT))),
                            null,
                            null,
                            null,
                            null)),
            Map.entry(
                    "reports",
                    new FormatDocument.Claim(
                            ClaimKind.LIST,
                            true,
                            false,
                            null,
                            members(Map.entry("day", scalar(ClaimKind.DATE))),
                            "report",
                            null,
                            null,
                            null))));

    @Test
    void readsClaimsByTheirPaths() throws JsonProcessingException {
        Claims claims = read("""
                {"id":"a","at":1767600000,"note":"n","level":2,"test":{"result":"N"},"reports":[{"day":"2026-01-05"}]}""");
        assertThat(claims.text("id")).isEqualTo("a");
        assertThat(claims.time("at")).contains(Instant.parse("2026-01-05T08:00:00Z"));
        assertThat(claims.integer("level")).contains(2L);
        assertThat(claims.text("test.result")).isEqualTo("N");
        assertThat(claims.list("reports"))
                .singleElement()
                .extracting(report -> report.time("report.day").orElseThrow())
                .isEqualTo(Instant.parse("2026-01-04T16:00:00Z"));
        assertThat(claims.isOutsideTable()).isFalse();
    }

    @Test
    void whatIsAbsentIsEmpty() throws JsonProcessingException {
        Claims claims = read("{\"id\":\"a\"}");
        assertThat(claims.has("id")).isTrue();
        assertThat(claims.has("at")).isFalse();
        assertThat(claims.get("at")).isNull();
        assertThat(claims.text("note")).isEmpty();
        assertThat(claims.integer("level")).isEmpty();
        assertThat(claims.time("at")).isEmpty();
        assertThat(claims.list("reports")).isEmpty();
    }

    @Test
    void anEmptyTextIsThere() throws JsonProcessingException {
        assertThat(read("{\"id\":\"\"}").has("id")).isTrue();
    }

    @Test
    void aNullableMemberThatIsNullIsAbsent() throws JsonProcessingException {
        assertThat(read("{\"id\":\"a\",\"note\":null}").has("note")).isFalse();
    }

    @Test
    void membersThatTheSchemaDoesNotNameAreIgnored() throws JsonProcessingException {
        Claims claims = read("{\"id\":\"a\",\"zz\":[1],\"test\":{\"result\":\"N\",\"zz\":null}}");
        assertThat(claims.has("zz")).isFalse();
        assertThat(claims.has("test.zz")).isFalse();
    }

    @Test
    void aValueOutsideItsTableIsNoFaultButIsRemembered() throws JsonProcessingException {
        assertThat(read("{\"id\":\"a\",\"level\":3}").isOutsideTable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | the payload is not a JSON object",
                "null | the payload is not a JSON object",
                "`\"a\"` | the payload is not a JSON object",
                "{} | id is missing",
                "{\"id\":null} | id is not of type text",
                "{\"id\":7} | id is not of type text",
                "{\"id\":\"a\",\"at\":null} | at is not of type seconds",
                "{\"id\":\"a\",\"at\":1.5} | at is not of type seconds",
                "{\"id\":\"a\",\"at\":\"1767600000\"} | at is not of type seconds",
                "{\"id\":\"a\",\"level\":\"2\"} | level is not of type integer",
                "{\"id\":\"a\",\"test\":[]} | test is not an object",
                "{\"id\":\"a\",\"test\":null} | test is not an object",
                "{\"id\":\"a\",\"test\":{}} | test.result is missing",
                "{\"id\":\"a\",\"test\":{\"result\":1}} | test.result is not of type text",
                "{\"id\":\"a\",\"reports\":{}} | reports is not a list",
                "{\"id\":\"a\",\"reports\":null} | reports is not a list",
                "{\"id\":\"a\",\"reports\":[\"x\"]} | reports holds what is not an object",
                "{\"id\":\"a\",\"reports\":[null]} | reports holds what is not an object",
                "{\"id\":\"a\",\"reports\":[{\"day\":\"2026-01-05\"},{}]} | report.day is missing",
                "{\"id\":\"a\",\"reports\":[{\"day\":\"2026-02-30\"}]} | report.day is not of type date"
            })
    void aFaultIsMalformedCodeAndNamesTheClaimButNotItsValue(String json, String why) throws JsonProcessingException {
        assertThat(SCHEMA.read(new ObjectMapper().readTree(json)))
                .isEqualTo(Outcome.refused(Reason.MALFORMED_CODE, why));
    }

    @Test
    void rulesMayNameTheScalarsAndThoseInListsUnderTheirName() {
        assertThat(SCHEMA.scalars().keySet())
                .containsExactlyInAnyOrder("id", "at", "note", "level", "test.result", "report.day");
        assertThat(SCHEMA.lists()).containsExactly("reports");
    }

    @Test
    void objectsAndListsNeedMembersAndNothingElseMayHaveThem() {
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> ClaimSchema.of(members(Map.entry("test", scalar(ClaimKind.OBJECT)))))
                .withMessageContaining("test");
        FormatDocument.Claim textWithMembers = new FormatDocument.Claim(
                ClaimKind.TEXT,
                false,
                false,
                null,
                members(Map.entry("x", scalar(ClaimKind.TEXT))),
                null,
                null,
                null,
                null);
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> ClaimSchema.of(members(Map.entry("id", textWithMembers))))
                .withMessageContaining("id");
    }

    private static Claims read(String json) throws JsonProcessingException {
        return switch (SCHEMA.read(new ObjectMapper().readTree(json))) {
            case Outcome.Passed<Claims>(Claims claims) -> claims;
            case Outcome.Refused<Claims> refused -> throw new AssertionError(refused.why());
        };
    }

    private static FormatDocument.Claim scalar(ClaimKind kind) {
        return new FormatDocument.Claim(kind, false, false, null, null, null, null, null, null);
    }

    private static FormatDocument.Claim optional(ClaimKind kind) {
        return new FormatDocument.Claim(kind, true, false, null, null, null, null, null, null);
    }

    @SafeVarargs
    private static Map<String, FormatDocument.Claim> members(Map.Entry<String, FormatDocument.Claim>... entries) {
        Map<String, FormatDocument.Claim> members = new LinkedHashMap<>();
        for (Map.Entry<String, FormatDocument.Claim> entry : entries) {
            members.put(entry.getKey(), entry.getValue());
        }
        return members;
    }
}
