package dev.hutong.conformance.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hutong.conformance.demo.ResolveClient.Resolved;
import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.conformance.province.Behaviour;
import dev.hutong.conformance.province.MintedCode;
import dev.hutong.conformance.province.Registration;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualPlatform;
import dev.hutong.conformance.province.VirtualProvince;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.conformance.template.Placeholders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** People with codes of virtual provinces, and the way of each code from its issuer through an image and a hub to a compared decision. */
public final class Scenario {
    private static final ObjectMapper YAML = new YAMLMapper();

    private final List<Person> people;
    private final VirtualProvinces provinces;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    private Scenario(People file, VirtualProvinces provinces, InstantSource clock) {
        this.people = file.people();
        this.provinces = provinces;
        this.clock = clock;
        people.forEach(this::issueOnce);
    }

    /** Issues a code that nobody uses: every mistake in the file shows at the start and with the holder's name. */
    private void issueOnce(Person person) {
        try {
            issue(person);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(person.holder() + ": " + e.getMessage(), e);
        }
    }

    record People(List<Person> people) {
        People {
            people = List.copyOf(Objects.requireNonNull(people, "people"));
        }
    }

    /**
     * Reads a file of people.
     *
     * @param peopleYaml the file; read to its end, not closed
     * @throws IllegalArgumentException if the file is not what it must be
     */
    public static Scenario load(InputStream peopleYaml, VirtualProvinces provinces, InstantSource clock) {
        try {
            return new Scenario(YAML.readValue(peopleYaml, People.class), provinces, clock);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the people: " + e.getMessage(), e);
        }
    }

    /** The people of the demo, {@code demo/people.yaml} in this module. */
    public static Scenario demo(VirtualProvinces provinces, InstantSource clock) {
        try (InputStream yaml = Objects.requireNonNull(Scenario.class.getResourceAsStream("/demo/people.yaml"))) {
            return load(yaml, provinces, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Person> people() {
        return people;
    }

    /** What the hub's registry must know before {@link #run}. */
    public List<Registration> registrations() {
        return provinces.registrations();
    }

    /**
     * Issues a fresh code to a person, as of now. Where a platform answers for it, it does so from now on.
     *
     * @throws IllegalArgumentException if the person's data does not fit the province
     */
    public ScannedCode issue(Person person) {
        Placeholders placeholders = new Placeholders(clock.instant(), random)
                .with("holder", person.holder())
                .with("name", person.name())
                .with("issuer", Objects.requireNonNullElse(person.from(), ""));
        ScannedCode code = undamaged(person, placeholders);
        return person.scanDamage().map(damage -> damage.to(code)).orElse(code);
    }

    /** The body of the request by which a verifier lets the hub resolve what was scanned from this person. */
    public String request(Person person, ScannedCode scanned) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (scanned.isBinary()) {
            body.put("codeBytes", Base64Url.encode(scanned.bytes()));
        } else {
            body.put("code", scanned.text());
        }
        if (person.to() != null) {
            body.put("destination", person.to());
        }
        if (person.observed() != null && person.observed().isObject()) {
            body.set("observed", person.observed());
        }
        return body.toString();
    }

    /**
     * Sends everybody through the hub, one after the other.
     *
     * @param hub its address, to which {@code /v1/resolve} is appended
     * @param images the folder for the QR images; made if it is missing
     * @param each told of each row as soon as it is there
     * @return all rows; a hub that does not answer gives rows that are not as expected
     * @throws IOException if an image cannot be written or read
     */
    public List<Row> run(URI hub, Path images, Consumer<Row> each) throws IOException, InterruptedException {
        return run(hub, Map.of(), images, each);
    }

    /**
     * As {@link #run(URI, Path, Consumer)}, with headers by which the hub knows who asks; a client that is shown no statements gives rows that
     * are not as expected.
     */
    public List<Row> run(URI hub, Map<String, String> headers, Path images, Consumer<Row> each)
            throws IOException, InterruptedException {
        Files.createDirectories(images);
        var rows = new ArrayList<Row>();
        try (var client = new ResolveClient(hub, headers)) {
            for (Person person : people) {
                Path image = images.resolve(
                        person.holder() + "-" + (person.from() == null ? "other" : person.format()) + ".png");
                Row row = row(person, image, client);
                rows.add(row);
                each.accept(row);
            }
        }
        return List.copyOf(rows);
    }

    private Row row(Person person, Path image, ResolveClient client) throws IOException, InterruptedException {
        ScannedCode issued = issue(person);
        QrImages.draw(issued.bytes(), image);
        ScannedCode scanned = scanned(QrImages.read(image), issued.isBinary());
        long start = System.nanoTime();
        try {
            Resolved resolved = client.resolve(request(person, scanned));
            return decided(person, image, resolved);
        } catch (IOException e) {
            return undecided(person, image, (System.nanoTime() - start) / 1e6, "no decision: " + e);
        }
    }

    private Row decided(Person person, Path image, Resolved resolved) {
        HubDecision decision = resolved.decision();
        List<String> mismatches = person.expect().mismatches(decision);
        String detail = decision.reason() == null ? String.join(", ", decision.qualifiers()) : decision.reason();
        return new Row(
                person.holder(),
                person.name(),
                person.format(),
                from(person),
                Objects.requireNonNullElse(person.to(), "–"),
                String.join(", ", decision.nativeStates()),
                decision.risk(),
                detail,
                resolved.millis(),
                mismatches.isEmpty(),
                String.join("; ", mismatches),
                image);
    }

    private Row undecided(Person person, Path image, double millis, String why) {
        String to = Objects.requireNonNullElse(person.to(), "–");
        return new Row(
                person.holder(),
                person.name(),
                person.format(),
                from(person),
                to,
                "",
                "–",
                "",
                millis,
                false,
                why,
                image);
    }

    private String from(Person person) {
        return person.from() == null ? "–" : provinces.province(person.from()).name();
    }

    private ScannedCode undamaged(Person person, Placeholders placeholders) {
        if (person.from() == null) {
            return ScannedCode.ofText(placeholders.fill(Objects.requireNonNull(person.scanned())));
        }
        VirtualProvince province = provinces.province(person.from());
        if (province.signsTexts()) {
            return signed(person, province, placeholders);
        }
        return minted(person, province.virtualPlatform(), placeholders);
    }

    private static ScannedCode signed(Person person, VirtualProvince province, Placeholders placeholders) {
        JsonNode claims = placeholders.fill(given(person.claims(), person, "claims"));
        SigningKey key = person.key() == null ? province.key() : province.key(person.key());
        return person.tokenFault()
                .map(fault -> province.sign(claims, fault))
                .orElseGet(() -> province.sign(claims, key));
    }

    private static ScannedCode minted(Person person, VirtualPlatform platform, Placeholders placeholders) {
        JsonNode record = placeholders.fill(given(person.record(), person, "a record"));
        MintedCode code = person.shape() == null ? platform.mint() : platform.mint(person.shape());
        platform.answer(code.input(), record, person.behaviours().toArray(Behaviour[]::new));
        return code.scanned();
    }

    private static JsonNode given(@Nullable JsonNode node, Person person, String what) {
        if (node == null || !node.isObject()) {
            throw new IllegalArgumentException(person.holder() + " needs " + what + " for " + person.from());
        }
        return node;
    }

    private static ScannedCode scanned(byte[] read, boolean binary) {
        return binary ? ScannedCode.ofBytes(read) : ScannedCode.ofText(new String(read, StandardCharsets.UTF_8));
    }
}
