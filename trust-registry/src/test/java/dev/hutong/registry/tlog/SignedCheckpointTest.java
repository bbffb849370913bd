package dev.hutong.registry.tlog;

import static dev.hutong.registry.tlog.TlogFixtures.LOG;
import static dev.hutong.registry.tlog.TlogFixtures.NOW;
import static dev.hutong.registry.tlog.TlogFixtures.WITNESS;
import static dev.hutong.registry.tlog.TlogFixtures.signed;
import static dev.hutong.registry.tlog.TlogFixtures.text;
import static dev.hutong.registry.tlog.TlogFixtures.tree;
import static dev.hutong.registry.tlog.TlogFixtures.utf8;
import static dev.hutong.registry.tlog.TlogFixtures.valid;
import static dev.hutong.registry.tlog.TlogFixtures.verifier;
import static dev.hutong.registry.tlog.TlogFixtures.withOctetChanged;
import static dev.hutong.registry.tlog.TlogFixtures.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.TreeHash;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedCheckpointTest {
    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    /** The example of C2SP tlog-cosignature; no key is published with it. */
    static final String SOFA = "example.com/behind-the-sofa\n20852163\n" + ROOT + "\n\n"
            + "— example.com/behind-the-sofa"
            + " Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
            + "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ"
            + "qhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

    /** A checkpoint of the public staging log Arche2025h1 (Static CT), with the cosignatures of witnesses of the public network. */
    private static final String ARCHE = "arche2025h1.staging.ct.transparency.dev\n1432088532\n"
            + "U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n\n"
            + "— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllza"
            + "lApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=\n"
            + "— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1b"
            + "fTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=\n"
            + "— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVk"
            + "jZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==\n"
            + "— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0"
            + "WBxtqB0DrAWfBw==\n";

    private static final String ARCHE_KEY =
            "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";
    private static final String LITTLE_GARDEN =
            "transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM";

    @Test
    void theExampleOfTheSpecificationIsReadAndWrittenAsItStands() {
        SignedCheckpoint sofa = valid(SignedCheckpoint.parse(utf8(SOFA)));
        assertThat(sofa.text().origin()).isEqualTo("example.com/behind-the-sofa");
        assertThat(sofa.checkpoint())
                .isEqualTo(new Checkpoint(20_852_163, TreeHash.parse(ROOT).orElseThrow()));
        assertThat(sofa.text().extensions()).isEmpty();
        assertThat(sofa).hasToString(SOFA);
        assertThat(sofa.octets()).isEqualTo(utf8(SOFA));
        Cosignature cosignature =
                Cosignature.parse(sofa.signatures().get(1).octets()).orElseThrow();
        assertThat(cosignature.at()).isEqualTo(Instant.ofEpochSecond(1_679_315_147));
    }

    /** The example of C2SP tlog-cosignature, "Ed25519 signed message". */
    @Test
    void aCosignatureIsMadeOverTheMessageOfTheSpecification() {
        String text = valid(SignedCheckpoint.parse(utf8(SOFA))).text().toString();
        assertThat(Cosignature.message(Instant.ofEpochSecond(1_679_315_147), text))
                .isEqualTo(
                        utf8("cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n" + ROOT + "\n"));
    }

    /** transparency-dev/formats, note/note_cosigv1_test.go, TestCosignatureTimestamp. */
    @Test
    void aCosignatureCarriesItsTimeAndAPlainSignatureCarriesNone() {
        NoteSignature timed = new NoteSignature(
                "w",
                "ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA==");
        NoteSignature plain = new NoteSignature(
                "w", "eQjRQm6eSKzFoiYalgwCPXu2y3ijtg68is9M46JKxuZB+dRfTmeQeDBoXnvxZx2ugnkyV+MUMLXpWs1hPb/W/4xkNQY=");
        assertThat(Cosignature.parse(timed.octets()).orElseThrow().at())
                .isEqualTo(Instant.ofEpochSecond(1_727_964_367));
        assertThat(Cosignature.parse(plain.octets())).isEmpty();
    }

    @Test
    void aCheckpointOfAPublicLogVerifiesWithItsWitnesses() {
        SignedCheckpoint arche = valid(SignedCheckpoint.parse(utf8(ARCHE)));
        assertThat(arche).hasToString(ARCHE);
        LogPolicy policy =
                new LogPolicy(verifier(ARCHE_KEY), List.of(verifier(NoteKeyTest.REMORA), verifier(LITTLE_GARDEN)), 2);
        assertThat(policy.faultIn(arche)).isEmpty();
        assertThat(verifier(NoteKeyTest.REMORA).cosignedAt(arche.note())).hasValue(Instant.ofEpochSecond(0x6a122120));
    }

    @Test
    void aCheckpointOfAPublicLogWithAnotherSizeDoesNotVerify() {
        SignedCheckpoint arche = valid(SignedCheckpoint.parse(utf8(ARCHE.replace("\n1432088532\n", "\n1432088533\n"))));
        assertThat(verifier(ARCHE_KEY).hasSigned(arche.note())).isFalse();
        assertThat(verifier(NoteKeyTest.REMORA).hasSigned(arche.note())).isFalse();
    }

    /** FiloSottile/torchwood, cmd/litewitness/testdata/multi-cosigs-ed25519.txt: a log of Sigsum, whose name is long. */
    @Test
    void theCheckpointOfAStrangeLogIsReadAndVerified() {
        String name = "sigsum.org/v1/tree/985ea163f5af026723561354f51f2ebcdcf2af809ce254ccfb64aa9aadd80f90";
        String request = "old 0\n\n" + name + "\n1\nKgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— " + name
                + " 7BKT0gOfNZ1J0So9unY3BZtm2YkPIoNYM/dce0Z2avJDs8dxN6ts9bOSwwrVrbjm6P9K3ZxpK6jJngOG6YvGGzV/lwo=\n";
        AddCheckpointRequest read = valid(AddCheckpointRequest.parse(utf8(request)));
        assertThat(read.oldSize()).isZero();
        assertThat(read).hasToString(request);
        NoteVerifier log = verifier(name + "+ec1293d2+AVLAXtrRv1/v+oE1T6rlmmVdmpoaeT7S9iw5wmwL4q7N");
        assertThat(LogPolicy.withoutWitnesses(log).faultIn(read.checkpoint())).isEmpty();
    }

    @Test
    void extensionLinesArePartOfWhatIsSigned() {
        CheckpointText text = new CheckpointText("hub.example", tree(3).checkpoint(), List.of("one", "two + three"));
        SignedCheckpoint checkpoint = SignedCheckpoint.sign(text, LOG);
        assertThat(valid(SignedCheckpoint.parse(checkpoint.octets()))).isEqualTo(checkpoint);
        SignedCheckpoint other =
                valid(SignedCheckpoint.parse(utf8(checkpoint.toString().replace("one", "two"))));
        assertThat(verifier(LOG.key()).hasSigned(other.note())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "origin\n1\n",
                "origin\n1\n" + ROOT,
                "\n1\n" + ROOT + "\n",
                "origin\n\n" + ROOT + "\n",
                "origin\n01\n" + ROOT + "\n",
                "origin\n+1\n" + ROOT + "\n",
                "origin\n-1\n" + ROOT + "\n",
                "origin\n1 \n" + ROOT + "\n",
                "origin\n0x1\n" + ROOT + "\n",
                "origin\n\u0661\n" + ROOT + "\n",
                "origin\n\uff11\n" + ROOT + "\n",
                "origin\n9223372036854775808\n" + ROOT + "\n",
                "origin\n99999999999999999999999\n" + ROOT + "\n",
                "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
                "origin\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n",
                "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
                "origin\n1\nCsUYapGGPo4=\n",
                "origin\n1\n" + ROOT + "\n\n",
                "origin\n1\n" + ROOT + "\n\nextension\n",
                "origin\n1\n" + ROOT + "\r\n",
                "ori\tgin\n1\n" + ROOT + "\n"
            })
    void whatIsNoCheckpointIsRefusedWithAReason(String text) {
        assertThat(CheckpointText.parse(text).asOptional()).isEmpty();
        assertThat(CheckpointText.parse(text).fault().orElseThrow()).isNotBlank();
    }

    @Test
    void theSmallestAndTheLargestLogAreRead() {
        assertThat(valid(CheckpointText.parse("o\n0\n" + ROOT + "\n"))
                        .checkpoint()
                        .size())
                .isZero();
        assertThat(valid(CheckpointText.parse("o\n9223372036854775807\n" + ROOT + "\n"))
                        .checkpoint()
                        .size())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anOriginIsOneLine() {
        for (String origin : List.of("", "two\nlines", "a\tb")) {
            assertThatThrownBy(() -> new CheckpointText(origin, tree(1).checkpoint()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new CheckpointText("origin", tree(1).checkpoint(), List.of("")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 500)
    void aCheckpointWithAnOctetChangedOrLostNeverVerifies(@ForAll int at, @ForAll int mask) {
        byte[] checkpoint = signed(tree(11)).octets();
        LogPolicy policy = new LogPolicy(verifier(LOG.key()), List.of(verifier(WITNESS.key())), 1);
        for (byte[] mutated : List.of(withOctetChanged(checkpoint, at, mask), without(checkpoint, at))) {
            boolean believed = SignedCheckpoint.parse(mutated)
                    .asOptional()
                    .filter(read -> policy.faultIn(read).isEmpty())
                    .isPresent();
            assertThat(believed).isFalse();
        }
    }

    @Test
    void aCosignatureIsOfItsTimeAndItsCheckpoint() {
        CheckpointText text = text(tree(5));
        NoteSignature line = WITNESS.cosign(text, NOW.plusMillis(999));
        NoteVerifier witness = verifier(WITNESS.key());
        assertThat(witness.verifies(text.toString(), line)).isTrue();
        assertThat(witness.verifies(text(tree(6)).toString(), line)).isFalse();
        Cosignature cosignature = Cosignature.parse(line.octets()).orElseThrow();
        assertThat(cosignature.at()).isEqualTo(NOW);
        NoteSignature later =
                NoteSignature.of(WITNESS.key(), new Cosignature(NOW.plusSeconds(1), cosignature.signature()).octets());
        assertThat(witness.verifies(text.toString(), later)).isFalse();
        assertThatThrownBy(() -> WITNESS.cosign(text, Instant.EPOCH.minusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCosignatureIsNoSignatureOfALogNorTheOtherWayRound() {
        CheckpointText text = text(tree(5));
        NoteVerifier asLog = verifier(new NoteKey(
                WITNESS.key().name(), NoteKey.Type.ED25519, WITNESS.key().publicKey()));
        byte[] cosignature = Cosignature.parse(WITNESS.cosign(text, NOW).octets())
                .orElseThrow()
                .signature();
        assertThat(asLog.verifies(text.toString(), NoteSignature.of(asLog.key(), cosignature)))
                .isFalse();
        NoteVerifier asWitness = verifier(new NoteKey(
                LOG.key().name(), NoteKey.Type.COSIGNATURE_V1, LOG.key().publicKey()));
        byte[] plain = LOG.sign(text.toString()).signatures().getFirst().octets();
        assertThat(asWitness.verifies(text.toString(), NoteSignature.of(asWitness.key(), plain)))
                .isFalse();
    }

    @Test
    void aTimeBeyondEveryCalendarIsNoCosignature() {
        NoteVerifier witness = verifier(WITNESS.key());
        for (int first : List.of(0x7f, 0x80, 0xff)) {
            byte[] octets = new byte[72];
            octets[0] = (byte) first;
            assertThat(Cosignature.parse(octets)).isEmpty();
            assertThat(witness.verifies(text(tree(1)).toString(), NoteSignature.of(WITNESS.key(), octets)))
                    .isFalse();
        }
    }

    @Test
    void theLatestOfSeveralCosignaturesCounts() {
        SignedCheckpoint checkpoint = signed(tree(5));
        SignedCheckpoint again = checkpoint.with(List.of(WITNESS.cosign(checkpoint.text(), NOW.plusSeconds(60))));
        assertThat(again.signatures()).hasSize(3);
        assertThat(verifier(WITNESS.key()).cosignedAt(again.note())).hasValue(NOW.plusSeconds(60));
        assertThat(verifier(LOG.key()).cosignedAt(again.note())).isEmpty();
    }
}
