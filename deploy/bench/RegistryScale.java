import dev.hutong.registry.Authentication;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyFile;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryEvent;
import dev.hutong.registry.RegistryEvent.Approved;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryEvent.Proposed;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.SignedToken;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.ResumeKey;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.Approval;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.Genesis;
import dev.hutong.registry.proposal.Genesis.FirstOperator;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.NonceIssuer;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.RegistryRules;
import dev.hutong.registry.proposal.SignedDocument;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A registry as large as the federation could ever become, made by its own rules, and what it costs to live with it.
 *
 * <p>Arguments: {@code generate DIR ENTRIES} writes a registry of 40 provinces, 400 cities below them, 10,000 keys and so many entries of
 * the log, ten years of them; {@code measure DIR} prints a line for each figure: its name, its value and its unit.
 */
final class RegistryScale {
    private static final int PROVINCES = 40;
    private static final int CITIES = 400;
    private static final int KEYS = 10_000;
    private static final Duration TEN_YEARS = Duration.ofDays(3_650);
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final int ENTRIES_OF_A_CHANGE = 3; // The proposal and two approvals.
    private static final int CHANGES_OF_A_BATCH = 1_000;

    private final SignatureProviders providers = SignatureProviders.choose();

    public static void main(String[] arguments) throws Exception {
        RegistryScale scale = new RegistryScale();
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "generate" -> scale.generate(folder, Integer.parseInt(arguments[2]));
            case "measure" -> scale.measure(folder);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** What is to be done, by whom it is signed, and when. */
    private record Change(Action action, List<PrivateJwk> signers, Instant at) {}

    private static final class Cast {
        final List<PrivateJwk> operators = IntStream.range(0, 3)
                .mapToObj(i -> PrivateJwk.generate(SignatureAlgorithm.ES256, new SecureRandom()))
                .toList();
        final List<IssuerId> provinces = IntStream.range(0, PROVINCES)
                .mapToObj(i -> new IssuerId("%02d0000.province".formatted(10 + i)))
                .toList();
        final List<IssuerId> cities = IntStream.range(0, CITIES)
                .mapToObj(i -> new IssuerId("%02d%02d00.city".formatted(10 + i % PROVINCES, 1 + i / PROVINCES)))
                .toList();
        final List<PrivateJwk> keys = IntStream.range(0, KEYS)
                .parallel()
                .mapToObj(i -> PrivateJwk.generate(
                        SignatureAlgorithm.values()[i % SignatureAlgorithm.values().length], new SecureRandom()))
                .toList();

        IssuerId issuer(int i) {
            return i < PROVINCES ? provinces.get(i) : cities.get(i - PROVINCES);
        }

        int issuers() {
            return PROVINCES + CITIES;
        }
    }

    private void generate(Path folder, int entries) throws Exception {
        Cast cast = new Cast();
        long start = System.nanoTime();
        RegistryFolder opened = ((RegistryFolder.Opened) RegistryFolder.tryOpen(folder)).folder();
        PrivateJwk logKey = ((KeyFile.Reading.Key) KeyFile.loadOrMake(opened.logKeyFile(), SignatureAlgorithm.EDDSA)).key();
        NonceIssuer nonces = new NonceIssuer(logKey);
        List<Change> changes = changes(cast, (entries - 1) / ENTRIES_OF_A_CHANGE);
        try (opened;
                Registry registry = Registry.open(opened.log(), providers, () -> NOW)) {
            append(registry, List.of(founded(cast, logKey)));
            for (int from = 0; from < changes.size(); from += CHANGES_OF_A_BATCH) {
                List<RegistryEvent> batch = changes.subList(from, Math.min(from + CHANGES_OF_A_BATCH, changes.size())).parallelStream()
                        .flatMap(change -> eventsOf(change, cast, nonces).stream())
                        .toList();
                append(registry, batch);
            }
            Checkpoint head = registry.snapshot().checkpoint();
            Files.writeString(folder.resolve("bench.checkpoint"), head.size() + "\n" + head.root().toBase64() + "\n");
            for (int i = 0; i < cast.operators.size(); i++) {
                Files.writeString(folder.resolve("bench.operator-" + i), cast.operators.get(i).toJson().toString());
            }
            System.out.printf("generated_entries %d entries%n", head.size());
            System.out.printf("generation %.1f s%n", (System.nanoTime() - start) / 1e9);
        }
    }

    private RegistryEvent founded(Cast cast, PrivateJwk logKey) {
        Instant at = NOW.minus(TEN_YEARS).minusSeconds(60);
        List<FirstOperator> operators = IntStream.range(0, cast.operators.size())
                .mapToObj(i -> new FirstOperator("operator " + i, cast.operators.get(i).publicJwk()))
                .toList();
        Genesis genesis = new Genesis("bench.example/registry", logKey.publicJwk(), operators, RegistryRules.DEFAULT, at);
        return Founded.of(at, SignedDocument.sign(genesis.toJson(), Genesis.TYPE, cast.operators, providers));
    }

    private List<Change> changes(Cast cast, int count) {
        Duration step = TEN_YEARS.dividedBy(count);
        List<Change> changes = new ArrayList<>(count);
        for (int i = 0; i < cast.issuers(); i++) {
            IssuerId issuer = cast.issuer(i);
            boolean city = i >= PROVINCES;
            PrivateJwk key = cast.keys.get(i);
            PrivateJwk parentKey = cast.keys.get(i % PROVINCES);
            Optional<IssuerId> parent = city ? Optional.of(cast.provinces.get(i % PROVINCES)) : Optional.empty();
            plan(changes, step, new RegisterIssuer(issuer, "issuer " + issuer, Optional.empty(), parent, Optional.of(KeyOffer.unbounded(key.publicJwk()))),
                    city ? List.of(key, parentKey) : List.of(key));
            if (!city) {
                Delegation delegation = new Delegation(issuer.region().substring(0, 2), Set.of("city"), Set.of(SignatureAlgorithm.values()), 1, Optional.empty());
                plan(changes, step, new Delegate(issuer, Optional.of(delegation)), List.of(key));
            }
        }
        for (int i = cast.issuers(); i < KEYS && changes.size() < count; i++) {
            PrivateJwk key = cast.keys.get(i);
            int issuer = i % cast.issuers();
            plan(changes, step, new AddKey(cast.issuer(issuer), KeyOffer.unbounded(key.publicJwk())), List.of(key, cast.keys.get(issuer)));
        }
        for (int i = 0; changes.size() < count; i++) {
            // Never the first key of an issuer, so that its cities and rotations go on.
            int key = cast.issuers() + (i / 2) % (KEYS - cast.issuers());
            IssuerId issuer = cast.issuer(key % cast.issuers());
            KeyId kid = KeyId.of(cast.keys.get(key).publicJwk());
            plan(changes, step, i % 2 == 0 ? new SuspendKey(issuer, kid) : new ResumeKey(issuer, kid), List.of(cast.operators.getFirst()));
        }
        return changes;
    }

    private static void plan(List<Change> changes, Duration step, Action action, List<PrivateJwk> signers) {
        changes.add(new Change(action, signers, NOW.minus(TEN_YEARS).plus(step.multipliedBy(changes.size()))));
    }

    private List<RegistryEvent> eventsOf(Change change, Cast cast, NonceIssuer nonces) {
        Proposal proposal = new Proposal("bench.example/registry", nonces.issue(change.at()), change.at(), "benchmark", change.action());
        SignedDocument document = SignedDocument.sign(proposal.toJson(), Proposal.TYPE, change.signers(), providers);
        return List.of(
                Proposed.of(change.at(), document),
                approval(document.id(), cast.operators.get(1), change.at().plusSeconds(1)),
                approval(document.id(), cast.operators.get(2), change.at().plusSeconds(2)));
    }

    private RegistryEvent approval(String proposal, PrivateJwk operator, Instant at) {
        Approval approval = new Approval("bench.example/registry", proposal, at);
        return Approved.of(at, SignedDocument.sign(approval.toJson(), Approval.TYPE, List.of(operator), providers));
    }

    private static void append(Registry registry, List<RegistryEvent> events) {
        if (registry.append(events) instanceof Registry.Refused(var why)) {
            throw new IllegalStateException(why.toString());
        }
    }

    private void measure(Path folder) throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("bench.checkpoint"));
        Checkpoint verified = new Checkpoint(Long.parseLong(lines.get(0)), TreeHash.parse(lines.get(1)).orElseThrow());
        long start = System.nanoTime();
        RegistryFolder opened = ((RegistryFolder.Opened) RegistryFolder.tryOpen(folder)).folder();
        try (opened;
                Registry registry = Registry.open(opened.log(), providers, () -> NOW, verified)) {
            System.out.printf("fold_after_start %.2f s%n", (System.nanoTime() - start) / 1e9);
            System.gc();
            System.out.printf("heap_after_fold %.0f MB%n", usedHeap() / 1e6);
            RegistrySnapshot snapshot = registry.snapshot();
            System.out.printf("log_entries %d entries%n", snapshot.checkpoint().size());
            System.out.printf("keys %d keys%n", keysIn(snapshot));
            measureProofs(snapshot);
            measureLookups(snapshot, "lookup");
            RegistrySnapshot small = small();
            System.out.printf("small_keys %d keys%n", keysIn(small));
            measureLookups(small, "small_lookup");
            measureAppends(registry, opened, folder);
        }
    }

    private static int keysIn(RegistrySnapshot snapshot) {
        return snapshot.issuers().stream().mapToInt(issuer -> issuer.keys().size()).sum();
    }

    /** A registry of two issuers, for comparison. */
    private RegistrySnapshot small() throws Exception {
        Path folder = Files.createTempDirectory("small");
        RegistryFolder opened = ((RegistryFolder.Opened) RegistryFolder.tryOpen(folder)).folder();
        try (opened;
                Registry registry = Registry.open(opened.log(), providers, () -> NOW)) {
            for (String id : List.of("440000.province", "440100.city")) {
                append(registry, List.of(
                        new RegistryEvent.IssuerRegistered(NOW, new IssuerId(id), "small", Optional.empty()),
                        new RegistryEvent.KeyActivated(
                                NOW,
                                new IssuerId(id),
                                PrivateJwk.generate(SignatureAlgorithm.ES256, new SecureRandom()).publicJwk(),
                                Optional.empty(),
                                Optional.empty(),
                                "benchmark")));
            }
            return registry.snapshot();
        }
    }

    private static long usedHeap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void measureProofs(RegistrySnapshot snapshot) {
        long size = snapshot.checkpoint().size();
        Random random = new Random(1);
        long[] nanos = new long[50_000];
        for (int i = 0; i < nanos.length; i++) {
            long index = random.nextLong(size);
            long start = System.nanoTime();
            snapshot.tree().inclusionProof(index, size);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf("inclusion_proof_p50 %.1f µs%n", nanos[nanos.length / 2] / 1e3);
        System.out.printf("inclusion_proof_p99 %.1f µs%n", nanos[nanos.length * 99 / 100] / 1e3);
    }

    /** Everything that a look-up does but for the signature itself: the algorithm is wrong, so that the key is found and refused. */
    private static void measureLookups(RegistrySnapshot snapshot, String name) {
        List<RegisteredIssuer> issuers = List.copyOf(snapshot.issuers());
        SignedToken[] tokens = new SignedToken[1_000];
        IssuerId[] ids = new IssuerId[tokens.length];
        Random random = new Random(2);
        for (int i = 0; i < tokens.length; i++) {
            RegisteredIssuer issuer = issuers.get(random.nextInt(issuers.size()));
            RegisteredKey key = issuer.keys().get(random.nextInt(issuer.keys().size()));
            ids[i] = issuer.id();
            tokens[i] = new SignedToken(key.id().value(), "none", NOW, new byte[0], new byte[0]);
        }
        long rejected = 0;
        for (int round = 0; round < 2_000; round++) {
            rejected += lookUp(snapshot, ids, tokens);
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().threadId();
        int rounds = 2_000;
        long bytes = threads.getThreadAllocatedBytes(id);
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            rejected += lookUp(snapshot, ids, tokens);
        }
        long nanos = System.nanoTime() - start;
        bytes = threads.getThreadAllocatedBytes(id) - bytes;
        double lookUps = (double) rounds * tokens.length;
        System.out.printf("%s %.0f ns%n", name, nanos / lookUps);
        System.out.printf("%s_garbage %.3f octets%n", name, bytes / lookUps);
        if (rejected != 4_000L * tokens.length) {
            throw new IllegalStateException("a look-up went wrong");
        }
    }

    private static long lookUp(RegistrySnapshot snapshot, IssuerId[] ids, SignedToken[] tokens) {
        long rejected = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (snapshot.authenticate(ids[i], tokens[i], NOW) instanceof Authentication.Rejected) {
                rejected++;
            }
        }
        return rejected;
    }

    /** One proposal or approval after another, each durable before the next; signed beforehand. */
    private void measureAppends(Registry registry, RegistryFolder opened, Path folder) throws Exception {
        NonceIssuer nonces = new NonceIssuer(((KeyFile.Reading.Key) KeyFile.load(opened.logKeyFile())).key());
        List<PrivateJwk> operators = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            operators.add(((KeyFile.Reading.Key) KeyFile.load(folder.resolve("bench.operator-" + i))).key());
        }
        List<RegistryEvent> events = new ArrayList<>();
        RegisteredIssuer issuer = registry.snapshot().issuers().iterator().next();
        Instant at = registry.snapshot().time().plusSeconds(1);
        for (int i = 0; i < 1_000; i++, at = at.plusSeconds(10)) {
            KeyId kid = issuer.keys().get(1).id();
            boolean suspended = issuer.keys().get(1).standing().state().suspended() == (i % 2 == 0);
            Action action = suspended ? new ResumeKey(issuer.id(), kid) : new SuspendKey(issuer.id(), kid);
            Proposal proposal = new Proposal("bench.example/registry", nonces.issue(at), at, "benchmark", action);
            SignedDocument document = SignedDocument.sign(proposal.toJson(), Proposal.TYPE, List.of(operators.get(0)), providers);
            events.add(Proposed.of(at, document));
            events.add(approval(document.id(), operators.get(1), at.plusSeconds(1)));
            events.add(approval(document.id(), operators.get(2), at.plusSeconds(2)));
        }
        long start = System.nanoTime();
        for (RegistryEvent event : events) {
            append(registry, List.of(event));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("append %.0f entries/s%n", events.size() / seconds);
    }
}
