package dev.hutong.conformance.demo;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.EncodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.imageio.ImageIO;

/**
 * Codes as QR images (ISO/IEC 18004) and back, byte for byte.
 *
 * <p>Bytes go through ZXing as Latin-1 text, one character a byte, both ways. No character set is named when drawing, because ZXing would then write an ECI in front, which some scanners
 * show as part of the code.
 */
public final class QrImages {
    /** What a byte-mode symbol of the largest version holds at error correction L. */
    public static final int MAX_BYTES = 2_953;

    private static final int PIXELS_PER_MODULE = 5;
    /** ISO/IEC 18004 wants four modules of white around a symbol. */
    private static final int QUIET_MODULES = 4;
    /** Up to here M still gives a symbol that a phone's screen shows well; above it L keeps the modules large. */
    private static final int MEDIUM_CORRECTION_UP_TO = 400;

    /**
     * As a photograph first, then as the clean drawing that these images are: the search for the corners of a symbol in a photograph misses one perfect drawing in about twenty-five
     * (116 of 3,000 with ZXing 3.5.4, whatever the size of a module).
     */
    private static final List<Attempt> ATTEMPTS = List.of(
            new Attempt(HybridBinarizer::new, Map.of(DecodeHintType.TRY_HARDER, true)),
            new Attempt(HybridBinarizer::new, Map.of(DecodeHintType.PURE_BARCODE, true)),
            new Attempt(GlobalHistogramBinarizer::new, Map.of(DecodeHintType.TRY_HARDER, true)));

    /** One way of looking at an image. */
    private record Attempt(Function<LuminanceSource, Binarizer> binarizer, Map<DecodeHintType, Object> hints) {
        byte[] decode(BufferedImage image) throws ReaderException {
            var latin1 = new EnumMap<DecodeHintType, Object>(hints);
            latin1.put(DecodeHintType.CHARACTER_SET, "ISO-8859-1");
            var bitmap = new BinaryBitmap(binarizer.apply(new BufferedImageLuminanceSource(image)));
            return new QRCodeReader().decode(bitmap, latin1).getText().getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private QrImages() {}

    /**
     * Draws bytes as a PNG, five pixels a module.
     *
     * @throws IllegalArgumentException if there are none or more than {@link #MAX_BYTES}
     */
    public static void draw(byte[] code, Path png) throws IOException {
        if (code.length == 0 || code.length > MAX_BYTES) {
            throw new IllegalArgumentException("a QR code holds 1 to " + MAX_BYTES + " bytes, not " + code.length);
        }
        if (!ImageIO.write(image(symbol(code)), "png", png.toFile())) {
            throw new IOException("this JDK writes no PNG");
        }
    }

    /**
     * Reads the one QR code of an image.
     *
     * @return exactly the bytes that were drawn
     * @throws IOException if the file is no image, or there is no readable QR code in it
     */
    public static byte[] read(Path file) throws IOException {
        BufferedImage image;
        try (var in = Files.newInputStream(file)) {
            image = ImageIO.read(in);
        }
        if (image == null) {
            throw new IOException(file + " is no image");
        }
        for (Attempt attempt : ATTEMPTS) {
            try {
                return attempt.decode(image);
            } catch (ReaderException _) {
                // the next attempt looks at the image in another way
            }
        }
        throw new IOException("no readable QR code in " + file);
    }

    private static BitMatrix symbol(byte[] code) {
        ErrorCorrectionLevel correction =
                code.length <= MEDIUM_CORRECTION_UP_TO ? ErrorCorrectionLevel.M : ErrorCorrectionLevel.L;
        var hints = Map.of(EncodeHintType.ERROR_CORRECTION, correction, EncodeHintType.MARGIN, QUIET_MODULES);
        String latin1 = new String(code, StandardCharsets.ISO_8859_1);
        try {
            return new QRCodeWriter().encode(latin1, BarcodeFormat.QR_CODE, 0, 0, hints);
        } catch (WriterException e) {
            throw new IllegalArgumentException("cannot be drawn as a QR code", e);
        }
    }

    private static BufferedImage image(BitMatrix symbol) {
        int width = symbol.getWidth() * PIXELS_PER_MODULE;
        int height = symbol.getHeight() * PIXELS_PER_MODULE;
        var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean dark = symbol.get(x / PIXELS_PER_MODULE, y / PIXELS_PER_MODULE);
                image.setRGB(x, y, dark ? 0xFF000000 : 0xFFFFFFFF);
            }
        }
        return image;
    }
}
