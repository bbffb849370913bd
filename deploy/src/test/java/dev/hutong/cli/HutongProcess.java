package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command as the launcher starts it, in a process and a working folder of its own. */
final class HutongProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile(".*verifiers ask (\\S+), operators ask (\\S+)\\. .*");

    private final Process process;
    private final BufferedReader out;
    private final Path err;
    private final StringBuilder read = new StringBuilder();
    private final List<ContractProxy> proxies = new ArrayList<>();

    private HutongProcess(Process process, Path err) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.err = err;
    }

    static HutongProcess start(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), "dev.hutong.cli.Hutong", arguments);
    }

    /** As {@link #start(Path, String...)}, under limits of the operating system that bash's ulimit sets. */
    static HutongProcess startLimited(Path folder, String limits, String... arguments) throws IOException {
        return start(
                List.of("bash", "-c", "ulimit " + limits + " && exec \"$@\"", "limited"),
                folder,
                Map.of(),
                "dev.hutong.cli.Hutong",
                arguments);
    }

    static HutongProcess start(Path folder, Map<String, String> environment, String main, String... arguments)
            throws IOException {
        return start(List.of(), folder, environment, main, arguments);
    }

    /** A hub with the default configuration but for its warming up, which takes longer than most tests. */
    private static List<String> cold(Path folder, List<String> arguments) throws IOException {
        if (!arguments.contains("serve") || arguments.contains("--config")) {
            return arguments;
        }
        List<String> more = new ArrayList<>(arguments);
        Path config = Files.writeString(folder.resolve("cold.yaml"), "warmUp: 0\n");
        more.addAll(List.of("--config", config.toString()));
        return more;
    }

    private static HutongProcess start(
            List<String> prefix, Path folder, Map<String, String> environment, String main, String... arguments)
            throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dhazelcast.logging.type=slf4j",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                // It lives for seconds: what the second compiler makes would never be used.
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                target.resolve("classes") + ":" + target.resolve("test-classes") + ":" + target.resolve("lib") + "/*",
                main));
        command.addAll(cold(folder, List.of(arguments)));
        Path err = Files.createTempFile(folder, "stderr", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new HutongProcess(builder.start(), err);
    }

    /** Reads on until a line matches. */
    Matcher awaitLine(Pattern pattern) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            read.append(line).append('\n');
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                return matcher;
            }
        }
        throw new AssertionError("ended without a line like " + pattern + ": " + read + Files.readString(err));
    }

    /**
     * The URLs for verifiers and for operators, in groups 1 and 2, once the hub serves. What is asked there is handed on to the hub, and every
     * exchange must be as the contract has it.
     */
    Matcher awaitReady() throws IOException {
        Matcher own = awaitBareReady();
        String line = own.group()
                .replace(own.group(1), watched(own.group(1), ContractWatch.ofVerifiers()))
                .replace(own.group(2), watched(own.group(2), ContractWatch.ofOperators()));
        Matcher urls = READY.matcher(line);
        assertThat(urls.matches()).as(line).isTrue();
        return urls;
    }

    private String watched(String url, ContractWatch watch) throws IOException {
        ContractProxy proxy = new ContractProxy(watch).before(URI.create(url));
        proxies.add(proxy);
        return proxy.url().toString();
    }

    /** The hub's own URLs, for whoever knocks it about, or has to call it by its name. */
    Matcher awaitBareReady() throws IOException {
        return awaitLine(READY);
    }

    void type(byte[] input) throws IOException {
        try (var in = process.getOutputStream()) {
            in.write(input);
        }
    }

    /** SIGTERM. By its handle: the process's own method would close what it still prints. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int awaitExit() throws IOException, InterruptedException {
        out.lines().forEach(line -> read.append(line).append('\n'));
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        return process.exitValue();
    }

    /** What was printed so far. */
    String out() {
        return read.toString();
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        proxies.forEach(ContractProxy::close);
    }
}
