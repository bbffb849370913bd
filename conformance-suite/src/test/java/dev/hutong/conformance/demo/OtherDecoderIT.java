package dev.hutong.conformance.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's images for a decoder of another make: zbar, where it is installed. */
class OtherDecoderIT {
    @TempDir
    Path folder;

    @Test
    void zbarReadsEveryImageOfTheDemo() throws Exception {
        assumeThat(isInstalled()).as("zbarimg is installed").isTrue();
        try (var provinces = VirtualProvinces.startDemo(InstantSource.system())) {
            Scenario scenario = Scenario.demo(provinces, InstantSource.system());
            for (Person person : scenario.people()) {
                ScannedCode code = scenario.issue(person);
                Path png = folder.resolve(person.holder() + ".png");
                QrImages.draw(code.bytes(), png);
                assertThat(zbar(png, code.isBinary())).as(person.holder()).isEqualTo(code.bytes());
            }
        }
    }

    private static byte[] zbar(Path png, boolean binary) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("zbarimg", "--raw", "-q"));
        if (binary) {
            command.addAll(List.of("--oneshot", "-Sbinary"));
        }
        command.add(png.toString());
        Process zbar = new ProcessBuilder(command).start();
        byte[] out = zbar.getInputStream().readAllBytes();
        zbar.waitFor();
        // without --oneshot every code is followed by a line feed
        return binary ? out : Arrays.copyOf(out, Math.max(0, out.length - 1));
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("zbarimg", "--version").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
