package dev.hutong.registry.tlog;

import static dev.hutong.registry.tlog.TlogFixtures.PROVIDERS;
import static dev.hutong.registry.tlog.TlogFixtures.utf8;
import static dev.hutong.registry.tlog.TlogFixtures.valid;
import static dev.hutong.registry.tlog.TlogFixtures.verifier;
import static dev.hutong.registry.tlog.TlogFixtures.withOctetChanged;
import static dev.hutong.registry.tlog.TlogFixtures.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.jose.Keys;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedNoteTest {
    /** golang.org/x/mod/sumdb/note, note_test.go: text and signatures of its two keys. */
    private static final String TEXT = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;

    private static final String PETER_LINE = "— PeterNeumann"
            + " x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String ENOCH_LINE = "— EnochRoot"
            + " rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
    private static final String NOTE = TEXT + "\n" + PETER_LINE + ENOCH_LINE;

    private static final NoteVerifier PETER = verifier(NoteKeyTest.PETER);
    private static final NoteVerifier ENOCH = verifier(NoteKeyTest.ENOCH);

    @Test
    void thePublishedNoteVerifiesUnderBothOfItsKeys() {
        SignedNote note = valid(SignedNote.parse(utf8(NOTE)));
        assertThat(note.text()).isEqualTo(TEXT);
        assertThat(PETER.hasSigned(note)).isTrue();
        assertThat(ENOCH.hasSigned(note)).isTrue();
        assertThat(note.octets()).isEqualTo(utf8(NOTE));
    }

    /** C2SP signed-note, "Example". */
    @Test
    void theExampleOfTheSpecificationVerifies() {
        SignedNote note = valid(SignedNote.parse(utf8("This is an example message.\n\n— example.com/foo"
                + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n")));
        assertThat(verifier(NoteKeyTest.EXAMPLE).hasSigned(note)).isTrue();
    }

    /** C2SP signed-note, its poem: a text with a blank line of its own. No key is published with it. */
    @Test
    void theLastBlankLineEndsTheText() {
        String poem = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n";
        String line = "— quasimodo.example/salvatore"
                + " NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
        SignedNote note = valid(SignedNote.parse(utf8(poem + "\n" + line)));
        assertThat(note.text()).isEqualTo(poem);
        assertThat(note.signatures()).hasSize(1);
        assertThat(note.signatures().getFirst().name()).isEqualTo("quasimodo.example/salvatore");
        assertThat(note.signatures().getFirst().keyId()).isEqualTo(0x367ba04b);
    }

    /** The private key is that of golang.org/x/mod/sumdb/note, note_test.go, TestSign; Ed25519 signs one text in one way. */
    @Test
    void thePublishedPrivateKeyMakesThePublishedNote() {
        NoteSigner signer = new NoteSigner(
                "PeterNeumann",
                Keys.admittedPrivate("{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
                        + "\"x\":\"GlzZBxQ8OExB6DDFvOEqqIF-xWSaqr8sMTiLNbLXRNY\","
                        + "\"d\":\"gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS_F1ccoMXM\"}"),
                PROVIDERS);
        assertThat(signer.key().vkey()).isEqualTo(NoteKeyTest.PETER);
        assertThat(signer.sign(TEXT)).hasToString(TEXT + "\n" + PETER_LINE);
    }

    @Test
    void aSignatureOfAnUnknownKeyIsKeptAndMeansNothing() {
        SignedNote note = valid(SignedNote.parse(utf8(TEXT + "\n" + ENOCH_LINE)));
        assertThat(PETER.hasSigned(note)).isFalse();
        assertThat(PETER.findsForgeryIn(note)).isFalse();
        assertThat(note.signatures()).hasSize(1);
    }

    @Test
    void aLineThatSharesOnlyNameOrIdWithAKeyIsOfAnotherKey() {
        SignedNote misnamed =
                valid(SignedNote.parse(utf8(TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "CarmenSandiego"))));
        SignedNote otherId = valid(SignedNote.parse(utf8(TEXT + "\n" + PETER_LINE.replace("x08g", "xxxx"))));
        for (SignedNote note : List.of(misnamed, otherId)) {
            assertThat(PETER.hasSigned(note)).isFalse();
            assertThat(PETER.findsForgeryIn(note)).isFalse();
        }
    }

    @Test
    void aBadLineOfAKeySpoilsItsGoodOne() {
        String bad = PETER_LINE.replace("JnAM=", "JnAA=");
        SignedNote note = valid(SignedNote.parse(utf8(TEXT + "\n" + PETER_LINE + bad)));
        assertThat(PETER.hasSigned(note)).isFalse();
        assertThat(PETER.findsForgeryIn(note)).isTrue();
    }

    @Test
    void aSignatureIsOfItsTextAlone() {
        SignedNote note = valid(SignedNote.parse(utf8(NOTE.replace("your problem is", "my problem is"))));
        assertThat(PETER.hasSigned(note)).isFalse();
    }

    @Test
    void signaturesAreAddedOnce() {
        SignedNote note = valid(SignedNote.parse(utf8(TEXT + "\n" + PETER_LINE)));
        NoteSignature enoch = valid(NoteSignature.parseLines(utf8(ENOCH_LINE))).getFirst();
        assertThat(note.with(List.of(enoch, enoch)).with(note.signatures())).hasToString(NOTE);
    }

    @Test
    void aHundredSignaturesAreReadAndNoMore() {
        assertThat(SignedNote.parse(utf8(TEXT + "\n" + PETER_LINE.repeat(100))).asOptional())
                .isPresent();
        assertThat(SignedNote.parse(utf8(TEXT + "\n" + PETER_LINE.repeat(101))).fault())
                .hasValueSatisfying(reason -> assertThat(reason).contains("100"));
    }

    @Test
    void aNoteOfMoreThanAMillionOctetsIsNotRead() {
        assertThat(SignedNote.parse(utf8("a".repeat(1_000_000) + NOTE)).fault())
                .hasValueSatisfying(reason -> assertThat(reason).contains("1000000"));
    }

    static List<byte[]> malformedNotes() {
        byte[] notUtf8 = utf8("x" + NOTE);
        notUtf8[0] = (byte) 0xff;
        return List.of(
                // golang.org/x/mod/sumdb/note, note_test.go, TestOpen
                utf8(TEXT),
                utf8(TEXT + "\n"),
                utf8(TEXT + "\n" + PETER_LINE.substring(0, PETER_LINE.length() - 1)),
                utf8("\u0001" + NOTE),
                notUtf8,
                utf8(TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Bad Name")),
                utf8(TEXT + "\n" + PETER_LINE + "Unexpected line.\n"),
                // and more
                new byte[0],
                utf8("\n"),
                utf8("\n\n"),
                utf8(NOTE + "\n"),
                utf8(NOTE.replace("\n", "\r\n")),
                utf8("\ufeff" + TEXT + PETER_LINE),
                utf8("\t" + NOTE),
                utf8(TEXT + "\n" + PETER_LINE.replace("—", "-")),
                utf8(TEXT + "\n" + PETER_LINE.replace("—", "–")),
                utf8(TEXT + "\n" + PETER_LINE.replace("— ", "—  ")),
                utf8(TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Peter+Neumann")),
                utf8(TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Peter\u00a0Neumann")),
                utf8(TEXT + "\n" + PETER_LINE.replace("=", "")),
                utf8(TEXT + "\n" + PETER_LINE.replace("nAM=", "nAN=")),
                utf8(TEXT + "\n" + PETER_LINE.replace("/", "_")),
                utf8(TEXT + "\n— PeterNeumann x08gow==\n"),
                utf8(TEXT + "\n— PeterNeumann\n"),
                utf8(TEXT + "\n— \n"),
                utf8(TEXT + "\n—\n"));
    }

    @ParameterizedTest
    @MethodSource("malformedNotes")
    void whatIsNoNoteIsRefusedWithAReason(byte[] octets) {
        assertThat(SignedNote.parse(octets).asOptional()).isEmpty();
        assertThat(SignedNote.parse(octets).fault().orElseThrow()).isNotBlank();
    }

    @Property(tries = 1000)
    void anyStringThatCanBeSignedIsReadBackAndVerifies(@ForAll String anything) {
        String text = anything.replaceAll("[\\x00-\\x09\\x0b-\\x1f\\ud800-\\udfff]", "") + "\n";
        SignedNote note = TlogFixtures.LOG.sign(text);
        assertThat(valid(SignedNote.parse(note.octets()))).isEqualTo(note);
        assertThat(verifier(TlogFixtures.LOG.key()).hasSigned(note)).isTrue();
    }

    @Property(tries = 1000)
    void aNoteWithAnOctetChangedOrLostNeverVerifiesUnderAllItsKeys(@ForAll int at, @ForAll int mask) {
        byte[] note = utf8(NOTE);
        for (byte[] mutated : List.of(withOctetChanged(note, at, mask), without(note, at))) {
            boolean verifies = SignedNote.parse(mutated)
                    .asOptional()
                    .filter(read -> PETER.hasSigned(read) && ENOCH.hasSigned(read))
                    .isPresent();
            assertThat(verifies).isFalse();
        }
    }

    @Property(tries = 1000)
    void arbitraryOctetsAreReadWithoutAnException(@ForAll byte[] octets) {
        assertThat(SignedNote.parse(octets).fault()).isPresent();
        assertThat(NoteSignature.parseLines(octets).fault()).isPresent();
    }

    @Test
    void whatCannotBeReadCannotBeMade() {
        List<NoteSignature> one = valid(NoteSignature.parseLines(utf8(PETER_LINE)));
        for (String text : List.of("", "no newline", "tab\t\n", "\ud800\n")) {
            assertThatThrownBy(() -> new SignedNote(text, one)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new SignedNote(TEXT, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NoteSignature("a name", "x08goxEB")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NoteSignature("name", "x08g!")).isInstanceOf(IllegalArgumentException.class);
    }
}
