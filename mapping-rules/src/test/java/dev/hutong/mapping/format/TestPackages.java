package dev.hutong.mapping.format;

import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Format packages for tests, written as a rule author would. */
final class TestPackages {
    static final Regions REGIONS = Regions.load();

    /** A whole package; tests replace a line of it. */
    static final String DOCUMENT = """
            format: example
            version: 1.0.0
            region: "330100"
            title: { zh-CN: 示例, en: example }
            recognise:
              - text: { prefix: "EX:" }
            open:
              signed-text:
                typ: ex+jwt
                claims:
                  iss:   { type: text }
                  iat:   { type: seconds }
                  exp:   { type: seconds }
                  state: { type: text }
                  since: { type: milliseconds }
                  until: { type: milliseconds, optional: true }
                  cause: { type: text, optional: true }
                  kind:  { type: text, optional: true, oneOf: [a, b] }
                  pcr:   { type: text, optional: true }
                  fever: { type: reading, optional: true }
                  notes:
                    type: list
                    optional: true
                    as: note
                    members:
                      at:   { type: text, optional: true }
                      text: { type: text, optional: true }
                      heat: { type: reading, optional: true }
                malformed:
                  - { when: since > until && until != 0, why: ends before it begins }
            statements:
              newest:
                note: { list: notes, by: [note.at, note.heat] }
              state: state
              assertedAt: since
              rules:
                - { id: noted, state: G, when: note.text == "yellow", risk: MEDIUM, meaning: { zh-CN: 黄, en: yellow } }
                - { id: green, state: G, risk: LOW, qualifiers: [PROVISIONAL], meaning: { zh-CN: 绿, en: green } }
                - { id: never, state: G, risk: HIGH, meaning: { zh-CN: 红, en: red } }
                - { id: red,   state: R, risk: HIGH, meaning: { zh-CN: 红, en: red } }
              otherwise: { id: unmapped, meaning: { zh-CN: 未知, en: unknown } }
              qualify:
                - { add: STALE, when: now >= since + 1 * hours }
              causes:
                claim: cause
                table:
                  C1: { add: CLOSE_CONTACT, meaning: { zh-CN: 密接, en: contact } }
              evidence:
                pcr: { value: pcr, table: { "+": POSITIVE, "-": NEGATIVE } }
                temperature: { value: fever }
              validity:
                - { until: since + 24 * hours, unless: state == "R", reason: EXPIRED_STATEMENT }
                - { until: since + 12 * hours, unless: state != "R" && kind != "b", reason: EXPIRED_DECLARATION }
            """;

    private TestPackages() {}

    /** {@link #DOCUMENT} with {@code line} in place of its own, which must be there exactly once. */
    static String with(String own, String line) {
        if (DOCUMENT.split(java.util.regex.Pattern.quote(own), -1).length != 2) {
            throw new IllegalArgumentException("«" + own + "» is not there exactly once");
        }
        return DOCUMENT.replace(own, line);
    }

    /** A whole package of a platform: the national code's. */
    static String national() {
        return Yaml.withBundled("/formats/national", folder -> {
            try {
                return Files.readString(folder.resolve(FormatVersions.DOCUMENT));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Writes a package as {@code folder/name/format.yaml}. */
    static Path write(Path folder, String name, String document) {
        try {
            Path file = Files.createDirectories(folder.resolve(name)).resolve(FormatVersions.DOCUMENT);
            return Files.writeString(file, document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only package below {@code folder}. */
    static FormatPackage load(Path folder) {
        return FormatVersions.load(folder, REGIONS).packages().getFirst();
    }
}
