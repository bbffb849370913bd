package dev.hutong.conformance.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrImagesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "0123456789",
                "HELLO WORLD",
                "jkm2020ffffffffffffffffffffffffffffffff",
                "SKM:eyJ.e30.AAAA",
                "粤康码 in UTF-8",
                "line end\r\n"
            })
    void aTextComesBackByteForByte(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(throughAnImage(bytes)).isEqualTo(bytes);
    }

    @Test
    void everyByteValueComesBack() throws IOException {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(throughAnImage(all)).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 400, 401, 1_024, QrImages.MAX_BYTES})
    void bytesOfAnyLengthComeBack(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        assertThat(throughAnImage(bytes)).isEqualTo(bytes);
    }

    /** A photograph's detector alone misses some of these. */
    @Test
    void aHundredAndFiftyRandomCodesComeBackWithoutOneMissing() throws IOException {
        var random = new Random(7);
        for (int i = 0; i < 150; i++) {
            byte[] bytes = new byte[200 + random.nextInt(500)];
            random.nextBytes(bytes);
            assertThat(throughAnImage(bytes)).as("code %d", i).isEqualTo(bytes);
        }
    }

    @Test
    void aSymbolHasAWhiteMarginOfFourModulesOfAtLeastFourPixels() throws IOException {
        Path png = folder.resolve("a.png");
        QrImages.draw("SKM:x".getBytes(StandardCharsets.UTF_8), png);
        var image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo((21 + 8) * 5);
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < image.getWidth(); j++) {
                assertThat(image.getRGB(i, j)).isEqualTo(0xFFFFFFFF);
            }
        }
        assertThat(image.getRGB(20, 20)).isEqualTo(0xFF000000);
    }

    @Test
    void whatASymbolCannotHoldIsRefused() {
        Path png = folder.resolve("a.png");
        assertThatThrownBy(() -> QrImages.draw(new byte[0], png)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QrImages.draw(new byte[QrImages.MAX_BYTES + 1], png))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileThatIsNoImageOrHasNoCodeIsSaidSo() throws IOException {
        Path text = Files.writeString(folder.resolve("a.txt"), "no image");
        assertThatThrownBy(() -> QrImages.read(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no image");
        Path blank = folder.resolve("blank.png");
        ImageIO.write(new BufferedImage(80, 80, BufferedImage.TYPE_BYTE_GRAY), "png", blank.toFile());
        assertThatThrownBy(() -> QrImages.read(blank))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("QR");
    }

    private byte[] throughAnImage(byte[] code) throws IOException {
        Path png = folder.resolve("code.png");
        QrImages.draw(code, png);
        return QrImages.read(png);
    }
}
