package dev.hutong.registry.tlog;

import static dev.hutong.registry.tlog.TlogFixtures.key;
import static dev.hutong.registry.tlog.TlogFixtures.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.SignatureAlgorithm;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteKeyTest {
    /** golang.org/x/mod/sumdb/note, note_test.go. */
    static final String PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    static final String ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";

    /** C2SP signed-note, "Example". */
    static final String EXAMPLE = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    /** A witness of the public witness network; also in transparency-dev/formats, note/note_cosigv1_test.go. */
    static final String REMORA = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

    /** transparency-dev/formats, note/note_cosigv1_test.go: its base64 has a plus sign. */
    static final String WITH_PLUS = "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6";

    @ParameterizedTest
    @ValueSource(strings = {PETER, ENOCH, EXAMPLE, REMORA, WITH_PLUS})
    void aPublishedKeyIsReadAndWrittenAsItStands(String vkey) {
        NoteKey key = valid(NoteKey.parse(vkey));
        assertThat(key.vkey()).isEqualTo(vkey);
        assertThat(key).hasToString(vkey);
    }

    @Test
    void aKeyIsItsNameItsTypeAndItsOctets() {
        NoteKey example = valid(NoteKey.parse(EXAMPLE));
        assertThat(example.name()).isEqualTo("example.com/foo");
        assertThat(example.id()).isEqualTo(0x530d903a);
        assertThat(example.type()).isEqualTo(NoteKey.Type.ED25519);
        assertThat(HexFormat.of().formatHex(example.publicKey().x()))
                .isEqualTo("e932791ae6e7a840a46164c904786426d5e7821dd8b29a00d61cae72afdd4da4");
        assertThat(valid(NoteKey.parse(REMORA)).type()).isEqualTo(NoteKey.Type.COSIGNATURE_V1);
    }

    /** As golang.org/x/mod/sumdb/note does it: no part of a key, and no key with one octet changed, is a key. */
    @Test
    void aMangledKeyIsNone() {
        for (int from = 0; from <= PETER.length(); from++) {
            for (int to = from; to <= PETER.length(); to++) {
                if (from != 0 || to != PETER.length()) {
                    assertThat(NoteKey.parse(PETER.substring(from, to)).asOptional())
                            .isEmpty();
                }
            }
        }
        for (int i = 0; i < PETER.length(); i++) {
            String mangled = PETER.substring(0, i) + (char) (PETER.charAt(i) + 1) + PETER.substring(i + 1);
            assertThat(NoteKey.parse(mangled).asOptional()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "++",
                // golang.org/x/mod/sumdb/note, note_test.go: a wrong length and an unknown type, each with the id that
                // fits
                "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
                "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                // transparency-dev/formats, note/note_cosigv1_test.go
                "bananas.sigstore.dev+12344556",
                "rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!",
                "rekor.sigstore.dev+12345678+AwEB",
                "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+"
            })
    void whatIsNoKeyIsRefusedWithAReason(String vkey) {
        assertThat(NoteKey.parse(vkey).asOptional()).isEmpty();
        assertThat(NoteKey.parse(vkey).fault().orElseThrow()).isNotBlank();
    }

    /** Under a key of small order one signature is good for every text. */
    @Test
    void aKeyOfSmallOrderIsNone() {
        assertThat(NoteKey.parse("example.com+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
                        .fault()
                        .orElseThrow())
                .contains("point");
    }

    @Test
    void theReasonSaysWhichIdTheKeyHas() {
        assertThat(NoteKey.parse(PETER.replace("c74f20a3", "c74f20a4")).fault().orElseThrow())
                .contains("c74f20a3");
    }

    @Test
    void oneKeyHasAnotherIdForEachUse() {
        NoteKey log = new NoteKey("hub.example", NoteKey.Type.ED25519, key(7).publicJwk());
        NoteKey witness = new NoteKey("hub.example", NoteKey.Type.COSIGNATURE_V1, key(7).publicJwk());
        assertThat(log.id()).isNotEqualTo(witness.id());
        assertThat(NoteKey.parse(log.vkey()).asOptional()).hasValue(log);
        assertThat(NoteKey.parse(witness.vkey()).asOptional()).hasValue(witness);
    }

    @Test
    void aNoteKeyHasAProperNameAndIsOfEd25519() {
        for (String name : List.of("", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\u0085b", "a\nb", "a\tb", "a\ud800")) {
            assertThatThrownBy(() -> new NoteKey(name, NoteKey.Type.ED25519, key(7).publicJwk()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new NoteKey(
                        "hub.example",
                        NoteKey.Type.ED25519,
                        Keys.generated(SignatureAlgorithm.ES256, 7).publicJwk()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
