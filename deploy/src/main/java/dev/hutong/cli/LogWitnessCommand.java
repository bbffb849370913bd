package dev.hutong.cli;

import dev.hutong.registry.KeyFile;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.tlog.Cosigner;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.NoteVerifier;
import dev.hutong.registry.witness.Witness;
import dev.hutong.registry.witness.WitnessRecords;
import dev.hutong.registry.witness.WitnessServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "witness",
        mixinStandardHelpOptions = true,
        description = {
            "Countersign the checkpoints of logs, and refuse a fork (C2SP tlog-witness), until told to end (Ctrl-C, SIGTERM).",
            "Listens on 127.0.0.1 only: put a server with TLS before it to be asked from elsewhere."
        })
final class LogWitnessCommand implements Callable<Integer> {
    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEYFILE",
            description = "Its private key, an Ed25519 JWK of its own (keys generate --alg EdDSA makes one).")
    private Path key = Path.of("");

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "Its name, such as witness.example/w1; without spaces and plus signs.")
    private String name = "";

    @Option(
            names = "--log",
            required = true,
            paramLabel = "VKEY",
            description =
                    "The key of a log that it witnesses (a hub shows its own in /health/ready); may be given several times.")
    private List<String> logs = List.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where it keeps what it countersigned last (default: ./witness); losing it, it must not go on.")
    private Path data = Path.of("witness");

    @Option(names = "--port", paramLabel = "N", description = "Where logs ask (default: 8089; 0 takes a free one).")
    private int port = 8089;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        SignatureProviders providers = SignatureProviders.choose();
        List<NoteVerifier> verifiers = logs.stream()
                .map(vkey -> LogCommand.logKey("--log", vkey))
                .map(log -> new NoteVerifier(log, providers))
                .toList();
        if (verifiers.stream().map(log -> log.key().name()).distinct().count() < verifiers.size()) {
            throw new CommandFailure(ExitCodes.USAGE, "--log: two of them have one name");
        }
        Cosigner cosigner = cosigner(providers);
        try (WitnessRecords records = records();
                WitnessServer server = listen(new Witness(cosigner, verifiers, records, InstantSource.system()));
                UntilInterrupted running = UntilInterrupted.closing(server, records)) {
            Console.of(spec)
                    .out()
                    .printf(
                            "The witness is ready: logs ask %s, and its cosignatures verify with %s. Ctrl-C ends it.%n",
                            server.url(), cosigner.key());
            return running.park();
        }
    }

    private Cosigner cosigner(SignatureProviders providers) {
        if (!NoteKey.isName(name)) {
            throw new CommandFailure(ExitCodes.USAGE, "--name: «" + name + "» is empty, or has a space or a plus sign");
        }
        return switch (KeyFile.load(key)) {
            case KeyFile.Reading.Key(PrivateJwk jwk)
            when jwk.publicJwk().algorithm() == SignatureAlgorithm.EDDSA -> new Cosigner(name, jwk, providers);
            case KeyFile.Reading.Key(PrivateJwk jwk) ->
                throw new CommandFailure(
                        ExitCodes.FAILED,
                        "--key: " + key + " holds an "
                                + jwk.publicJwk().algorithm().jose()
                                + " key; make one with hutong keys generate --alg EdDSA");
            case KeyFile.Reading.NoKey(String why) -> throw new CommandFailure(ExitCodes.FAILED, "--key: " + why);
        };
    }

    private WitnessRecords records() {
        return switch (WitnessRecords.open(data)) {
            case WitnessRecords.Opened(WitnessRecords records) -> records;
            case WitnessRecords.NotUsable(String why) -> throw new CommandFailure(ExitCodes.FAILED, "--data: " + why);
        };
    }

    private WitnessServer listen(Witness witness) {
        int checked = Ports.require("--port", port);
        try {
            return WitnessServer.start(witness, checked);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.FAILED, "port " + checked + " cannot be listened on (" + e + "): give another --port");
        }
    }
}
