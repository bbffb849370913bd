package dev.hutong.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Another process: opens the folder, appends one event, says how it went, and holds on until it is killed. */
final class FolderHolder {
    private FolderHolder() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        RegistryFolder.Opening opening = RegistryFolder.tryOpen(Path.of(arguments[0]));
        if (opening instanceof RegistryFolder.Opened(RegistryFolder folder)) {
            folder.log().append(0, List.of("a"));
            System.out.println("RESULT Opened");
            new CountDownLatch(1).await();
        }
        System.out.println("RESULT " + opening);
    }

    static Process start(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FolderHolder.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
    }

    static String firstLineOf(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("RESULT ")) {
                return line.substring("RESULT ".length());
            }
        }
        return "nothing";
    }
}
