package dev.hutong.cli;

import dev.hutong.conformance.demo.Row;
import dev.hutong.conformance.demo.Scenario;
import dev.hutong.conformance.province.Registration;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.Hub;
import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.WarmUpConfig;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.LocalRegistration;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Start a hub and virtual provinces on loopback, and resolve the codes of a dozen and more people who do not exist.",
            "Everything but the QR images is temporary."
        })
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--once", description = "End after the table; exit code 1 if any row is not what it should be.")
    private boolean once;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Where the hub listens (default: any free port).")
    private int port;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            defaultValue = "demo",
            description = "Where the QR images go (default: ${DEFAULT-VALUE}).")
    private Path images = Path.of("demo");

    @Spec
    private @Nullable CommandSpec spec;

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (TemporaryFolder data = TemporaryFolder.make("hutong-demo-");
                VirtualProvinces provinces = VirtualProvinces.startDemo(clock)) {
            DemoClient client = DemoClient.make(data.path());
            register(provinces.registrations(), client, data.path());
            HubConfig config = HubConfig.defaults()
                    .withData(data.path())
                    .withPort(Ports.require("--port", port))
                    .withManagementPort(0)
                    .withWarmUp(WarmUpConfig.NONE)
                    .withClients(ClientsConfig.REQUIRED);
            try (Hub hub = Hub.start(config, clock);
                    UntilInterrupted running = UntilInterrupted.closing(hub, provinces, data)) {
                return show(hub, client, Scenario.demo(provinces, clock), running);
            }
        }
    }

    private int show(Hub hub, DemoClient client, Scenario scenario, UntilInterrupted running)
            throws IOException, InterruptedException {
        DemoTable table = new DemoTable(Console.of(spec));
        table.head();
        List<Row> rows = scenario.run(hub.url(), client.headers(hub.url()), images, table::row);
        table.foot(rows, images);
        if (once) {
            return rows.stream().allMatch(Row::expected) ? ExitCodes.OK : ExitCodes.FAILED;
        }
        table.whatToTry(hub, client, rows.getFirst(), writeLastingRequest(scenario));
        return running.park();
    }

    private void register(List<Registration> registrations, DemoClient client, Path data) {
        if (!(RegistryFolder.tryOpen(data) instanceof RegistryFolder.Opened(RegistryFolder folder))) {
            throw new CommandFailure(
                    ExitCodes.FAILED, "The temporary folder " + data + " cannot be used; set TMPDIR to another.");
        }
        try (folder;
                Registry registry = Registry.open(folder.log(), SignatureProviders.choose(), clock)) {
            LocalRegistration local = new LocalRegistration(registry, clock);
            local.add(client.registration());
            for (Registration province : registrations) {
                for (String jwk : province.publicJwks()) {
                    local.add(new IssuerId(province.issuerId()), province.name(), province.platform(), key(jwk));
                }
            }
        }
    }

    private static PublicJwk key(String jwk) {
        return switch (PublicJwk.parse(jwk.getBytes(StandardCharsets.UTF_8))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk admitted) -> admitted;
            case KeyAdmission.Refused<PublicJwk> refused -> throw new IllegalStateException(refused.explanation());
        };
    }

    /** A printed code lives for days, so that the request made of it works for as long as anybody tries it. */
    private Path writeLastingRequest(Scenario scenario) throws IOException {
        var person = scenario.people().stream()
                .filter(p -> Objects.requireNonNullElse(p.expect().qualifiers(), List.of())
                                .contains("PRINTED")
                        && !p.expect().risk().equals("UNKNOWN"))
                .findFirst()
                .orElseThrow();
        Path request = images.resolve("request.json");
        Files.writeString(request, scenario.request(person, scenario.issue(person)));
        return request.toAbsolutePath();
    }
}
