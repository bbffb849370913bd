package dev.hutong.conformance.province;

import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.conformance.province.ProvinceSheet.PackedShape;
import dev.hutong.conformance.province.ProvinceSheet.Part;
import dev.hutong.conformance.template.Placeholders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Writes packed codes: parts one after the other, some of them signatures over others, as base64url behind their length. */
final class PackedCode {
    private final PackedShape shape;
    private final Map<String, byte[]> nameToBytes = new LinkedHashMap<>();

    private PackedCode(PackedShape shape, Placeholders placeholders, RandomGenerator random, SigningKey key) {
        this.shape = shape;
        shape.parts().forEach(part -> nameToBytes.put(part.name(), content(part, placeholders, random)));
        shape.parts().stream()
                .filter(part -> part.signs() != null)
                .forEach(part -> nameToBytes.put(part.name(), key.sign(joined(Objects.requireNonNull(part.signs())))));
    }

    static MintedCode mint(PackedShape shape, Placeholders placeholders, RandomGenerator random, SigningKey key) {
        PackedCode code = new PackedCode(shape, placeholders, random, key);
        return new MintedCode(ScannedCode.ofText(code.text()), ScannedCode.ofText(code.input()));
    }

    private String text() {
        byte[] packed = joined(List.copyOf(nameToBytes.keySet()));
        String length = String.format("%0" + shape.lengthDigits() + "d", packed.length);
        return shape.prefix() + length + Base64Url.encode(packed) + shape.ending();
    }

    private String input() {
        return new String(bytes(shape.input()), StandardCharsets.US_ASCII);
    }

    private static byte[] content(Part part, Placeholders placeholders, RandomGenerator random) {
        if (part.text() != null) {
            return placeholders.fill(part.text()).getBytes(StandardCharsets.US_ASCII);
        }
        if (part.hex() != null) {
            return HexFormat.of().parseHex(part.hex());
        }
        byte[] bytes = new byte[Objects.requireNonNullElse(part.random(), 0)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] joined(List<String> names) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        names.forEach(name -> joined.writeBytes(bytes(name)));
        return joined.toByteArray();
    }

    private byte[] bytes(String name) {
        byte[] bytes = nameToBytes.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException("no part \"" + name + "\": there is " + nameToBytes.keySet());
        }
        return bytes;
    }
}
