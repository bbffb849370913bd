package dev.hutong.conformance.province;

import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.conformance.province.ProvinceSheet.CodeShape;
import dev.hutong.conformance.template.Placeholders;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A fresh opaque code of a platform.
 *
 * @param scanned what stands in the symbol
 * @param input what a hub asks the platform with: a part of the text, or the same bytes
 */
public record MintedCode(ScannedCode scanned, ScannedCode input) {
    static MintedCode of(CodeShape shape, Placeholders placeholders, RandomGenerator random, SigningKey key) {
        if (shape.packed() != null) {
            return PackedCode.mint(shape.packed(), placeholders, random, key);
        }
        if (shape.token() != null) {
            String token = placeholders.fill(shape.token());
            String text = placeholders.with("token", token).fill(Objects.requireNonNull(shape.scanned()));
            return new MintedCode(ScannedCode.ofText(text), ScannedCode.ofText(token));
        }
        byte[] head = HexFormat.of().parseHex(Objects.requireNonNull(shape.head()));
        byte[] bytes = new byte[Objects.requireNonNull(shape.length())];
        random.nextBytes(bytes);
        System.arraycopy(head, 0, bytes, 0, head.length);
        ScannedCode code = ScannedCode.ofBytes(bytes);
        return new MintedCode(code, code);
    }
}
