package dev.hutong.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Another process that appends to a log; says by lines that begin with RESULT how it goes, and begins when it is told to. */
final class LogWriter implements AutoCloseable {
    private static final String SAYS = "RESULT ";

    private final Process process;
    private final BufferedReader says;

    private LogWriter(Process process) {
        this.process = process;
        says = process.inputReader(StandardCharsets.UTF_8);
    }

    static RegistryLog open(String place) {
        return place.startsWith("jdbc:postgresql:")
                ? JdbcRegistryLog.openPostgres(new PostgresStore(place, "postgres", "postgres"))
                : JdbcRegistryLog.openSqlite(Path.of(place));
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = System.out;
        try (RegistryLog log = open(arguments[0])) {
            out.println(SAYS + "ready");
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                String[] words = command.split(" ");
                switch (words[0]) {
                    case "singles" -> appendSingles(log, words[1], Integer.parseInt(words[2]));
                    case "groups" -> appendGroupsForEver(log, out);
                    case "block" -> out.println(SAYS + appendBlock(log, Integer.parseInt(words[1])));
                    case "try" -> out.println(SAYS + tryAppending(log));
                    default -> throw new IllegalArgumentException(command);
                }
                out.println(SAYS + "done");
            }
        }
    }

    private static void appendSingles(RegistryLog log, String name, int count) {
        for (int i = 0; i < count; i++) {
            List<String> leaf = List.of(name + "-" + i);
            long size = log.size();
            while (log.append(size, leaf) instanceof RegistryLog.Conflict(long actual)) {
                size = actual;
            }
        }
    }

    private static void appendGroupsForEver(RegistryLog log, PrintStream out) {
        for (long size = log.size(); ; ) {
            List<String> group = groupAt(size);
            if (!(log.append(size, group) instanceof RegistryLog.Appended(long newSize))) {
                throw new IllegalStateException("Nobody else should append");
            }
            size = newSize;
            out.println(SAYS + size);
        }
    }

    /** The group that begins at this size: between 1 and 23 leaves that say where it begins and which of how many they are. */
    static List<String> groupAt(long size) {
        int count = 1 + (int) (size * 7 % 23);
        return IntStream.range(0, count)
                .mapToObj(i -> "%d: %d of %d %s".formatted(size, i, count, "x".repeat(400)))
                .toList();
    }

    private static String appendBlock(RegistryLog log, int octets) {
        try {
            return log.append(log.size(), List.of("x".repeat(octets))).toString();
        } catch (RegistryStorageException failure) {
            return failure.getClass().getSimpleName() + " " + failure.getMessage();
        }
    }

    private static String tryAppending(RegistryLog log) {
        try {
            log.tryAppending();
            return "would be kept";
        } catch (RegistryStorageException failure) {
            return failure.getClass().getSimpleName() + " " + failure.getMessage();
        }
    }

    /** Starts one, by way of the command that is put in front, and waits until it has the log open. */
    static LogWriter start(String place, Path unpacking, String... before) throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Who is killed cannot remove the library it unpacked: it goes with the test's folder.
                "-Dorg.sqlite.tmpdir=" + unpacking,
                "-cp",
                System.getProperty("java.class.path"),
                LogWriter.class.getName(),
                place));
        LogWriter writer = new LogWriter(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        String first = writer.next();
        if (!first.equals("ready")) {
            writer.close();
            throw new IllegalStateException(first);
        }
        return writer;
    }

    void tell(String command) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).write(command + "\n");
        process.outputWriter(StandardCharsets.UTF_8).flush();
    }

    /** What it says next; the whole of its other words where it ends without saying it. */
    String next() throws IOException {
        StringBuilder other = new StringBuilder("It ended: ");
        for (String line = says.readLine(); line != null; line = says.readLine()) {
            if (line.startsWith(SAYS)) {
                return line.substring(SAYS.length());
            }
            other.append(line).append('\n');
        }
        return other.toString();
    }

    long pid() {
        return process.pid();
    }

    /** Kills it as {@code kill -9} does, and gives what it had said until then but nobody had read. */
    List<String> kill() throws InterruptedException {
        // By its handle: the process's own method would close what there is still to read.
        process.toHandle().destroyForcibly();
        process.waitFor();
        return says.lines()
                .filter(line -> line.startsWith(SAYS))
                .map(line -> line.substring(SAYS.length()))
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            says.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
