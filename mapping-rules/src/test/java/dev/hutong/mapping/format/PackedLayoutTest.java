package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.FormatDocument.Field;
import dev.hutong.mapping.format.FormatDocument.Packed;
import dev.hutong.mapping.format.FormatDocument.Signed;
import dev.hutong.mapping.format.PackedLayout.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A layout made for these tests: a signature over reference, end and key, and something behind them that nobody reads. */
class PackedLayoutTest {
    private static final List<Field> FIELDS = List.of(
            new Field("sig", 64, Kind.BYTES),
            new Field("ref", 4, Kind.HEX_TEXT),
            new Field("end", 14, Kind.LOCAL_TIME),
            new Field("key", 2, Kind.NUMBER),
            new Field("rest", 3, Kind.BYTES));
    private static final Signed SIGNED = new Signed("SM2", "sig", "ref", "key", "key", 1);

    private final PackedLayout layout = layout(FIELDS, SIGNED, 4);

    @Test
    void theLengthIsThatOfAllFields() {
        assertThat(layout.length()).isEqualTo(87);
        assertThat(layout.lengthText()).isEqualTo("0087");
        assertThat(layout(FIELDS, SIGNED, 2).lengthText()).isEqualTo("87");
    }

    @Test
    void eachFieldIsReadFromItsPlace() {
        byte[] packed = packed("c0De", "20260105160500", 0x01, 0x02);
        PackedLayout.Contents contents = read(packed);

        assertThat(contents.signature()).hasSize(64).startsWith(0, 1, 2).endsWith(63);
        assertThat(contents.signingInput()).hasSize(20);
        assertThat(new String(contents.signingInput(), 0, 18, StandardCharsets.US_ASCII))
                .isEqualTo("c0De20260105160500");
        assertThat(contents.algorithm()).isEqualTo("SM2");
        assertThat(contents.keyPlace()).isEqualTo(0x0102 - 1);
        assertThat(contents.expires()).isEqualTo(Instant.parse("2026-01-05T08:05:00Z"));
        assertThat(contents.input()).isEqualTo("c0De");
    }

    @Test
    void aNumberHasNoSignAndTheFirstKeyIsThePackagesToNumber() {
        assertThat(read(packed("0000", "20260105160500", 0xFF, 0xFF)).keyPlace())
                .isEqualTo(65_534);
        assertThat(read(packed("0000", "20260105160500", 0, 0)).keyPlace()).isNegative();
        PackedLayout fromZero = layout(FIELDS, new Signed("SM2", "sig", "ref", "key", "key", 0), 4);
        assertThat(fromZero.read(packed("0000", "20260105160500", 0, 0)))
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(((PackedLayout.Contents) passed.value()).keyPlace())
                                .isZero());
    }

    @ParameterizedTest
    @CsvSource({
        "00g0, 20260105160500",
        "00 0, 20260105160500",
        "0000, 20260230160500",
        "0000, 20260105240000",
        "0000, 2026010516050x",
        "0000, +2026010516050"
    })
    void aFieldThatIsNotWhatItsPlaceHoldsIsMalformed(String reference, String end) {
        assertThat(layout.read(packed(reference, end, 0, 1)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.MALFORMED_CODE));
    }

    @Test
    void whatCannotBeLaidOutIsRefused() {
        refused(FIELDS, new Signed("SM2", "sig", "ref", "none", "key", 1), "«none» is not a field");
        refused(FIELDS, new Signed("SM2", "ref", "ref", "key", "key", 1), "«ref» must be of another type");
        refused(FIELDS, new Signed("SM2", "sig", "ref", "end", "key", 1), "among what is signed");
        refused(FIELDS, new Signed("SM2", "sig", "end", "key", "key", 1), "among what is signed");
        refused(with(0, new Field("sig", 63, Kind.BYTES)), SIGNED, "a signature has 64 bytes");
        refused(with(1, new Field("sig", 4, Kind.HEX_TEXT)), SIGNED, "«sig» is there twice");
        refused(with(2, new Field("end", 13, Kind.LOCAL_TIME)), SIGNED, "«end» has 14 bytes");
        refused(with(3, new Field("key", 4, Kind.NUMBER)), SIGNED, "«key» has at most 3 bytes");
        refused(with(4, new Field("rest", 0, Kind.BYTES)), SIGNED, "«rest» has 1 to 2953 bytes");
        refused(with(4, new Field("rest", 2_900, Kind.BYTES)), SIGNED, "no symbol holds");
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> layout(FIELDS, SIGNED, 1))
                .withMessageContaining("enough for 87");
    }

    private static void refused(List<Field> fields, Signed signed, String why) {
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> layout(fields, signed, 4))
                .withMessageContaining(why);
    }

    private static List<Field> with(int place, Field field) {
        List<Field> fields = new ArrayList<>(FIELDS);
        fields.set(place, field);
        return fields;
    }

    private static PackedLayout layout(List<Field> fields, Signed signed, int lengthDigits) {
        return new PackedLayout(new Packed(lengthDigits, fields, signed, "end", "ref"));
    }

    private PackedLayout.Contents read(byte[] packed) {
        return ((Outcome.Passed<PackedLayout.Contents>) layout.read(packed)).value();
    }

    private static byte[] packed(String reference, String end, int high, int low) {
        byte[] packed = new byte[87];
        for (int i = 0; i < 64; i++) {
            packed[i] = (byte) i;
        }
        byte[] texts = (reference + end).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(texts, 0, packed, 64, texts.length);
        packed[82] = (byte) high;
        packed[83] = (byte) low;
        return packed;
    }
}
