package dev.hutong.mapping.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signed bytes of a fixed layout: fields, each at its place and of its length. A run of them is signed by one of the issuer's keys, which
 * a field names by its number; one says when the code is over, and one is what the platform is asked about.
 */
public final class PackedLayout {
    /** What a field holds. */
    public enum Kind {
        /** Bytes as they are; nothing is read from them. */
        @JsonProperty("bytes")
        BYTES,
        /** Hexadecimal digits, in ASCII. */
        @JsonProperty("hex-text")
        HEX_TEXT,
        /** A whole number without a sign, the most significant byte first. */
        @JsonProperty("number")
        NUMBER,
        /** {@code yyyyMMddHHmmss} in Beijing, in ASCII. */
        @JsonProperty("local-time")
        LOCAL_TIME
    }

    private record Field(int from, int length, Kind kind) {
        int to() {
            return from + length;
        }

        byte[] of(byte[] packed) {
            return Arrays.copyOfRange(packed, from, to());
        }
    }

    /**
     * What was read. Nobody has vouched for it yet.
     *
     * @param signingInput the bytes that are signed
     * @param signature the signature over them
     * @param algorithm by which
     * @param keyPlace the place of the key among the issuer's published ones, from 0; negative where it can have none
     * @param expires when the code is over, before any skew
     * @param input what the platform is asked about
     */
    @SuppressWarnings("ArrayRecordComponent") // Lives for one call on the hot path and is never compared.
    public record Contents(
            byte[] signingInput, byte[] signature, String algorithm, int keyPlace, Instant expires, String input) {}

    private static final int SIGNATURE_OCTETS = 64;
    private static final int MOST_LENGTH_DIGITS = 4;
    private static final int LONGEST_NUMBER = 3;
    private static final int LONGEST = 2_953; // bytes that the largest QR code holds (ISO/IEC 18004)
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final String LOCAL = "uuuuMMddHHmmss";
    private static final DateTimeFormatter LOCAL_TIME =
            DateTimeFormatter.ofPattern(LOCAL).withResolverStyle(ResolverStyle.STRICT);

    private final String lengthText;
    private final int length;
    private final Map<String, Field> nameToField;
    private final FormatDocument.Signed signed;
    private final Field signature;
    private final Field signedFrom;
    private final Field signedTo;
    private final Field key;
    private final Field expires;
    private final Field input;

    /**
     * @throws InvalidPackageException where the fields cannot be laid out so
     */
    PackedLayout(FormatDocument.Packed document) {
        int lengthDigits = document.lengthDigits();
        this.nameToField = new LinkedHashMap<>();
        int end = 0;
        for (FormatDocument.Field field : document.fields()) {
            require(
                    field.length() > 0 && field.length() <= LONGEST,
                    "«" + field.name() + "» has 1 to " + LONGEST + " bytes");
            require(
                    field.type() != Kind.LOCAL_TIME || field.length() == LOCAL.length(),
                    "«" + field.name() + "» has " + LOCAL.length() + " bytes");
            require(
                    field.type() != Kind.NUMBER || field.length() <= LONGEST_NUMBER,
                    "«" + field.name() + "» has at most " + LONGEST_NUMBER + " bytes");
            require(
                    nameToField.put(field.name(), new Field(end, field.length(), field.type())) == null,
                    "«" + field.name() + "» is there twice");
            end += field.length();
        }
        this.length = end;
        require(length <= LONGEST, "more than " + LONGEST + " bytes, which no symbol holds");
        require(
                lengthDigits > 0 && lengthDigits <= MOST_LENGTH_DIGITS && length < Math.pow(10, lengthDigits),
                "«lengthDigits» is 1 to " + MOST_LENGTH_DIGITS + ", and enough for " + length);
        this.lengthText =
                "0".repeat(Math.max(0, lengthDigits - Integer.toString(length).length())) + length;
        this.signed = document.signed();
        this.signature = field(signed.signature(), Kind.BYTES);
        this.signedFrom = field(signed.from());
        this.signedTo = field(signed.to());
        this.key = field(signed.key(), Kind.NUMBER);
        this.expires = field(document.expires(), Kind.LOCAL_TIME);
        this.input = field(document.input(), Kind.HEX_TEXT);
        require(signature.length == SIGNATURE_OCTETS, "a signature has " + SIGNATURE_OCTETS + " bytes");
        for (Field relied : List.of(key, expires, input)) {
            require(
                    relied.from >= signedFrom.from && relied.to() <= signedTo.to(),
                    "«key», «expires» and «input» are among what is signed");
        }
    }

    /** The decimal digits that stand before the bytes and say how many they are. */
    public String lengthText() {
        return lengthText;
    }

    /** How many bytes they are. */
    public int length() {
        return length;
    }

    /** Reads {@link #length} bytes; refused as MALFORMED_CODE where a field is not what it has to be. */
    public Outcome<Contents> read(byte[] packed) {
        for (Map.Entry<String, Field> named : nameToField.entrySet()) {
            if (!isWellFormed(named.getValue(), packed)) {
                return Outcome.refused(Reason.MALFORMED_CODE, named.getKey() + " is not what its place holds");
            }
        }
        Instant end = localTime(expires.of(packed));
        return end == null
                ? Outcome.refused(Reason.MALFORMED_CODE, "it is not told when the code is over")
                : Outcome.passed(new Contents(
                        Arrays.copyOfRange(packed, signedFrom.from, signedTo.to()),
                        signature.of(packed),
                        signed.algorithm(),
                        number(key.of(packed)) - signed.firstKey(),
                        end,
                        new String(input.of(packed), StandardCharsets.US_ASCII)));
    }

    private static boolean isWellFormed(Field field, byte[] packed) {
        return switch (field.kind) {
            case BYTES, NUMBER -> true;
            case HEX_TEXT -> new Recognition.Digits(field.length, 0, "").are(field.of(packed), 0);
            case LOCAL_TIME -> localTime(field.of(packed)) != null;
        };
    }

    private static int number(byte[] octets) {
        int number = 0;
        for (byte octet : octets) {
            number = number << Byte.SIZE | Byte.toUnsignedInt(octet);
        }
        return number;
    }

    private static @Nullable Instant localTime(byte[] octets) {
        if (!new Recognition.Digits(0, LOCAL.length(), "").are(octets, 0)) {
            return null;
        }
        try {
            return LocalDateTime.parse(new String(octets, StandardCharsets.US_ASCII), LOCAL_TIME)
                    .toInstant(BEIJING);
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private Field field(String name, Kind kind) {
        Field field = field(name);
        require(field.kind == kind, "«" + name + "» must be of another type");
        return field;
    }

    private Field field(String name) {
        Field field = nameToField.get(name);
        if (field == null) {
            throw new InvalidPackageException("open.packed: «" + name + "» is not a field of it");
        }
        return field;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new InvalidPackageException("open.packed: " + otherwise);
        }
    }
}
