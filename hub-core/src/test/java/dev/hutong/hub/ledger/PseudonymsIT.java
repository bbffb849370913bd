package dev.hutong.hub.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.Holder;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Regions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pseudonyms and the files of their keys. */
class PseudonymsIT {
    private static final Instant MARCH = Instant.parse("2026-03-31T23:59:59.999Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final IssuerName ISSUER =
            new IssuerName(Regions.load().find("440000").orElseThrow(), new FormatId("yuekangma"));

    @TempDir
    private Path folder;

    private PeriodKeys keys() {
        return new PeriodKeys(folder, PseudonymPeriod.MONTH);
    }

    private static Holder holder(String... names) {
        return new Holder(ISSUER, List.of(names));
    }

    @Test
    void aPseudonymIsTheHmacOfTheCanonicalFormByThePeriodsKey() throws IOException {
        String pseudonym = new Pseudonyms(keys()).of(holder("陈"), MARCH);

        byte[] key = Base64.getUrlDecoder()
                .decode(Files.readString(folder.resolve("2026-03.key")).strip());
        HMac mac = new HMac(new SM3Digest());
        mac.init(new KeyParameter(key));
        byte[] canonical = "16:440000.yuekangma,3:陈,".getBytes(StandardCharsets.UTF_8);
        mac.update(canonical, 0, canonical.length);
        byte[] expected = new byte[32];
        mac.doFinal(expected, 0);
        assertThat(pseudonym)
                .isEqualTo("2026-03:" + Base64.getUrlEncoder().withoutPadding().encodeToString(expected));
    }

    @Test
    void noTwoHoldersHaveOneCanonicalForm() throws IOException {
        Pseudonyms pseudonyms = new Pseudonyms(keys());

        assertThat(List.of(
                        pseudonyms.of(holder("a", "b"), MARCH),
                        pseudonyms.of(holder("ab", ""), MARCH),
                        pseudonyms.of(holder("a,1:b", ""), MARCH),
                        pseudonyms.of(holder("a"), MARCH),
                        pseudonyms.of(holder("a"), APRIL)))
                .doesNotHaveDuplicates();
    }

    @Test
    void aForgottenPeriodHasNoPseudonymsAnyMoreAndNeverANewKey() throws IOException {
        Pseudonyms pseudonyms = new Pseudonyms(keys());
        pseudonyms.of(holder("a"), MARCH);

        assertThat(keys().destroy("2026-03", APRIL, "test")).isPresent();
        pseudonyms.forget("2026-03");

        assertThat(pseudonyms.of(holder("a"), MARCH)).isNull();
        assertThat(keys().destroy("2026-03", APRIL, "test")).isEmpty();
        assertThat(keys().unrecorded())
                .singleElement()
                .satisfies(destroyed -> assertThat(destroyed.by()).isEqualTo("test"));
        keys().recorded("2026-03");
        assertThat(keys().unrecorded()).isEmpty();
        assertThat(new Pseudonyms(keys()).of(holder("a"), MARCH)).isNull();
    }

    @Test
    void aDestructionThatWasNotEndedIsEndedAtTheNextLook() throws IOException {
        Pseudonyms pseudonyms = new Pseudonyms(keys());
        pseudonyms.of(holder("a"), MARCH);
        Path key = folder.resolve("2026-03.key");
        byte[] octets = Files.readAllBytes(key);
        keys().destroy("2026-03", APRIL, "test");
        Files.write(key, octets);

        assertThat(keys().unrecorded()).hasSize(1);
        assertThat(key).doesNotExist();
    }
}
