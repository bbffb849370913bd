package dev.hutong.cli;

import dev.hutong.hub.config.HubConfig;
import dev.hutong.registry.EventRefusal;
import dev.hutong.registry.Founding;
import dev.hutong.registry.KeyFile;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Genesis;
import dev.hutong.registry.proposal.Genesis.FirstOperator;
import dev.hutong.registry.proposal.RegistryRules;
import dev.hutong.registry.proposal.SignedDocument;
import dev.hutong.registry.tlog.NoteKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "genesis",
        mixinStandardHelpOptions = true,
        description = {
            "Found a registry under dual control in a new data folder: the first entry of its log, signed by all its operators.",
            "Where their keys are on several hosts: --prepare writes the text, registry sign signs it there, --from takes it."
        })
final class GenesisCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The hub's data folder (default: ./data); made where it is missing.")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The hub's configuration instead, which names its data folder and its store.")
    private @Nullable Path config;

    @Mixin
    private FirstOperators operators = new FirstOperators();

    @Option(
            names = "--origin",
            paramLabel = "NAME",
            description = "The log's name, unique in the world, such as registry.example.org/hutong.")
    private @Nullable String origin;

    @Option(
            names = "--visible-for",
            paramLabel = "DURATION",
            description = "For how long a key is seen before it signs beside another (default: PT48H).")
    private String visibleFor = RegistryRules.DEFAULT.visibleFor().toString();

    @Option(
            names = "--open-for",
            paramLabel = "DURATION",
            description = "For how long a proposal waits for approvals (default: PT168H).")
    private String openFor = RegistryRules.DEFAULT.openFor().toString();

    @Option(
            names = "--confirm-within",
            paramLabel = "DURATION",
            description = "Within what time a break-glass revocation is to be confirmed (default: PT24H).")
    private String confirmWithin = RegistryRules.DEFAULT.confirmWithin().toString();

    @Option(
            names = "--prepare",
            paramLabel = "FILE",
            description = "Write the text to be signed there, and found nothing yet.")
    private @Nullable Path prepare;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Found the registry with this text, signed by all operators.")
    private @Nullable Path from;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (data != null && config != null) {
            throw new CommandFailure(ExitCodes.USAGE, "--config FILE names the data folder: leave --data out.");
        }
        if (from != null) {
            return foundFrom(from);
        }
        if (origin == null) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "Give the registry's name with --origin NAME, or a signed text with --from FILE.");
        }
        String name = origin;
        RegistryRules rules = rules();
        return prepare != null ? prepare(name, rules, prepare) : foundAtOnce(name, rules);
    }

    private int foundAtOnce(String name, RegistryRules rules) {
        List<FirstOperators.Named<PrivateJwk>> named = operators.privateKeys();
        List<FirstOperator> first = named.stream()
                .map(one -> new FirstOperator(one.name(), one.key().publicJwk()))
                .toList();
        List<PrivateJwk> keys = named.stream().map(FirstOperators.Named::key).toList();
        requirePossible(name, first, rules);
        return DataFolder.hold(config(), (folder, registry) -> {
            requireEmpty(folder, registry);
            Genesis genesis = new Genesis(name, logKey(folder), first, rules, Proposing.now());
            return found(
                    folder,
                    registry,
                    SignedDocument.sign(genesis.toJson(), Genesis.TYPE, keys, SignatureProviders.choose()));
        });
    }

    private int prepare(String name, RegistryRules rules, Path file) {
        List<FirstOperator> first = operators.publicKeys().stream()
                .map(one -> new FirstOperator(one.name(), one.key()))
                .toList();
        requirePossible(name, first, rules);
        return DataFolder.hold(config(), (folder, registry) -> {
            requireEmpty(folder, registry);
            Genesis genesis = new Genesis(name, logKey(folder), first, rules, Proposing.now());
            new DocumentFile(file).prepare(Genesis.TYPE, genesis.toJson());
            Console.of(spec)
                    .out()
                    .println(file
                            + " is to be signed by every operator (hutong registry sign); then: hutong registry genesis "
                            + (config == null ? "--data " + folder.path() : "--config " + config) + " --from "
                            + file);
            return ExitCodes.OK;
        });
    }

    private int foundFrom(Path file) {
        if (origin != null || prepare != null || operators.areGiven()) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "--from FILE has all of it: leave the other options but --data or --config out.");
        }
        SignedDocument document = new DocumentFile(file).signed();
        Genesis genesis = genesis(document, file);
        Founding.refusalOf(document, Proposing.now(), SignatureProviders.choose())
                .ifPresent(refusal -> {
                    throw impossible(refusal);
                });
        return DataFolder.hold(config(), (folder, registry) -> {
            requireEmpty(folder, registry);
            requireLogKeyOf(folder, genesis);
            return found(folder, registry, document);
        });
    }

    private int found(RegistryFolder folder, Registry registry, SignedDocument document) {
        Genesis genesis = Genesis.of(document);
        switch (registry.append(List.of(Founded.of(Proposing.now(), document)))) {
            case Registry.Refused(EventRefusal why) -> throw impossible(why);
            case Registry.Appended _ -> print(genesis, folder, Console.of(spec).out());
        }
        return ExitCodes.OK;
    }

    private static void print(Genesis genesis, RegistryFolder folder, PrintWriter out) {
        out.println("Founded " + genesis.origin() + " in " + folder.path());
        out.println("Log key   " + new NoteKey(genesis.origin(), NoteKey.Type.ED25519, genesis.logKey()).vkey());
        genesis.operators()
                .forEach(operator -> out.printf(
                        "Operator  %s  %-5s  %s%n",
                        operator.key().kid(), operator.key().algorithm().jose(), operator.name()));
        out.println("Rules     a key is seen for " + genesis.rules().visibleFor() + ", a proposal is open for "
                + genesis.rules().openFor() + ", break-glass is confirmed within "
                + genesis.rules().confirmWithin());
    }

    /** Before a folder is made, or a log key, which is not known yet: any other is as good for that. */
    private static void requirePossible(String name, List<FirstOperator> first, RegistryRules rules) {
        PublicJwk anyLogKey = PrivateJwk.generate(SignatureAlgorithm.EDDSA, new SecureRandom())
                .publicJwk();
        Genesis genesis = new Genesis(name, anyLogKey, first, rules, Proposing.now());
        Founding.refusalOf(genesis, SignatureProviders.choose()).ifPresent(refusal -> {
            throw impossible(refusal);
        });
    }

    private static CommandFailure impossible(EventRefusal refusal) {
        return new CommandFailure(ExitCodes.FAILED, Shown.sentence(refusal.detail()));
    }

    private static void requireEmpty(RegistryFolder folder, Registry registry) {
        if (registry.snapshot().checkpoint().size() > 0) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "There is a registry in " + folder.path()
                            + " or the store of its hub already, and none is founded twice: give another --data or --config.");
        }
    }

    private static PublicJwk logKey(RegistryFolder folder) {
        return publicHalf(KeyFile.loadOrMake(folder.logKeyFile(), SignatureAlgorithm.EDDSA));
    }

    private static void requireLogKeyOf(RegistryFolder folder, Genesis genesis) {
        if (!publicHalf(KeyFile.load(folder.logKeyFile())).equals(genesis.logKey())) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    folder.logKeyFile() + " is not the log key that was signed ("
                            + genesis.logKey().kid()
                            + "): give the --data or --config that the text was prepared with.");
        }
    }

    private static PublicJwk publicHalf(KeyFile.Reading reading) {
        return switch (reading) {
            case KeyFile.Reading.Key(PrivateJwk key) -> key.publicJwk();
            case KeyFile.Reading.NoKey(String why) ->
                throw new CommandFailure(ExitCodes.FAILED, "The log key cannot be used: " + why);
        };
    }

    private static Genesis genesis(SignedDocument document, Path file) {
        try {
            return Genesis.of(document);
        } catch (IllegalArgumentException malformed) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    file + " founds no registry: " + Shown.line(String.valueOf(malformed.getMessage())));
        }
    }

    private HubConfig config() {
        return config == null
                ? HubConfig.defaults().withData(data == null ? Path.of("data") : data)
                : ConfigFile.read(config);
    }

    private RegistryRules rules() {
        return new RegistryRules(
                rule("--visible-for", visibleFor, Duration.ZERO),
                rule("--open-for", openFor, Duration.ofNanos(1)),
                rule("--confirm-within", confirmWithin, Duration.ofNanos(1)));
    }

    private static Duration rule(String option, String text, Duration shortest) {
        Duration time = Arguments.duration(option, text);
        if (time.compareTo(shortest) < 0 || time.compareTo(RegistryRules.LONGEST) > 0) {
            throw Arguments.usage(
                    option,
                    text,
                    "must be " + (shortest.isZero() ? "zero or more" : "more than zero") + ", and at most P"
                            + RegistryRules.LONGEST.toDays() + "D");
        }
        return time;
    }
}
