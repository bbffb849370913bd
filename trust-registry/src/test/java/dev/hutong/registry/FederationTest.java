package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.LOG_KEY;
import static dev.hutong.registry.FoundedRegistry.addition;
import static dev.hutong.registry.FoundedRegistry.ground;
import static dev.hutong.registry.FoundedRegistry.registration;
import static dev.hutong.registry.FoundedRegistry.taken;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.ProposalDesk.Receipt;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.jose.StrictJson;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.Federate;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.EntityConfiguration;
import dev.hutong.registry.proposal.EntityId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An issuer takes part in OpenID Federation by what it signs about itself, and the fold checks it. */
class FederationTest {
    private static final String HUB = "https://hub.example";
    private static final EntityId ENTITY = new EntityId(HUB, ISSUER);
    private static final PrivateJwk FEDERATION_KEY = Keys.generated(SignatureAlgorithm.ES256, 930);
    private static final PrivateJwk OTHER_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 931);
    private static final Duration YEAR = Duration.ofDays(365);

    private final FoundedRegistry founded = FoundedRegistry.withIssuer();

    private EntityConfiguration configuration(PrivateJwk key) {
        return EntityConfiguration.sign(
                ENTITY, founded.now, founded.now.plus(YEAR), new CompactJwsSigner(key, Fixtures.PROVIDERS));
    }

    private static Federate deposit(EntityConfiguration configuration) {
        return deposit(configuration.text());
    }

    private static Federate deposit(String text) {
        return new Federate(ISSUER, Optional.of(text));
    }

    private Ground refusal(String text) {
        return ground(founded.propose(deposit(text), FIRST_KEY));
    }

    @Test
    void whatAnIssuerDepositsIsKeptAsItIs() {
        EntityConfiguration deposited = configuration(FEDERATION_KEY);
        founded.enact(deposit(deposited), FIRST_KEY);
        assertThat(founded.issuer().entityConfiguration()).contains(deposited);
        assertThat(deposited.entity().value()).isEqualTo("https://hub.example/federation/issuers/440000.yuekangma");
    }

    @Test
    void itIsProposedByTheIssuerOrAnOperatorAndApprovedByTwoOthers() {
        Federate action = deposit(configuration(FEDERATION_KEY));
        assertThat(ground(founded.propose(action, FEDERATION_KEY))).isEqualTo(Ground.UNKNOWN_SIGNER);
        assertThat(founded.propose(action, FIRST_KEY)).isInstanceOf(Receipt.Taken.class);
        assertThat(founded.issuer().entityConfiguration()).isEmpty();
        founded.enact(action, ANNA);
        assertThat(founded.issuer().entityConfiguration()).isPresent();
    }

    @Test
    void anotherMayTakeItsPlaceAndTheRegistryRemembersWhenItDid() {
        EntityConfiguration first = configuration(FEDERATION_KEY);
        founded.enact(deposit(first), FIRST_KEY);
        founded.pass(Duration.ofDays(1));
        founded.enact(deposit(configuration(OTHER_KEY)), FIRST_KEY);
        founded.pass(Duration.ofDays(1));
        founded.enact(deposit(configuration(FEDERATION_KEY)), FIRST_KEY);
        founded.enact(new SuspendIssuer(ISSUER), FIRST_KEY);
        assertThat(founded.issuer().entityConfiguration())
                .get()
                .extracting(EntityConfiguration::key)
                .isEqualTo(FEDERATION_KEY.publicJwk());
        assertThat(founded.registry
                        .snapshot()
                        .issuerAsOf(ISSUER, Fixtures.NOW)
                        .orElseThrow()
                        .entityConfiguration())
                .contains(first);
    }

    @Test
    void itsPartEndsByAnEmptyDepositAndOnlyWhereItHasOne() {
        Federate end = new Federate(ISSUER, Optional.empty());
        assertThat(ground(founded.propose(end, FIRST_KEY))).isEqualTo(Ground.NOT_FEDERATED);
        founded.enact(deposit(configuration(FEDERATION_KEY)), FIRST_KEY);
        founded.enact(end, FIRST_KEY);
        assertThat(founded.issuer().entityConfiguration()).isEmpty();
    }

    @Test
    void aFederationKeyIsForNothingElseAndForNobodyElse() {
        founded.enact(deposit(configuration(FEDERATION_KEY)), FIRST_KEY);
        assertThat(ground(founded.propose(addition(FEDERATION_KEY), FEDERATION_KEY, FIRST_KEY)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        assertThat(ground(founded.propose(new AddOperator("Dora", FEDERATION_KEY.publicJwk()), FEDERATION_KEY)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        for (PrivateJwk used : List.of(LOG_KEY, ANNA)) {
            assertThat(ground(founded.propose(deposit(configuration(used)), FIRST_KEY)))
                    .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        }
        assertThat(ground(founded.propose(deposit(configuration(FIRST_KEY)), ANNA)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);

        PrivateJwk hangzhous = Keys.generated(SignatureAlgorithm.ES256, 932);
        founded.enact(registration(Fixtures.HANGZHOU, hangzhous), hangzhous);
        founded.enact(new Federate(ISSUER, Optional.empty()), FIRST_KEY);
        EntityConfiguration stolen = EntityConfiguration.sign(
                new EntityId(HUB, Fixtures.HANGZHOU),
                founded.now,
                founded.now.plus(YEAR),
                new CompactJwsSigner(FEDERATION_KEY, Fixtures.PROVIDERS));
        assertThat(ground(founded.propose(new Federate(Fixtures.HANGZHOU, Optional.of(stolen.text())), hangzhous)))
                .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
    }

    @Test
    void aSignatureOfAnotherKeyIsRefusedAndFoundInTheLog() {
        String forged = signed(FEDERATION_KEY, OTHER_KEY, claims -> {});
        String tampered = configuration(FEDERATION_KEY).text().replaceAll("[^.]{86}$", "A".repeat(86));
        assertThat(refusal(forged)).isEqualTo(Ground.ENTITY_CONFIGURATION_NOT_ACCEPTABLE);
        assertThat(refusal(tampered)).isEqualTo(Ground.BAD_SIGNATURE);
    }

    @Test
    void aDepositThatIsForgedInTheLogIsFoundByReplay() {
        EntityConfiguration good = configuration(FEDERATION_KEY);
        founded.enact(deposit(good), FIRST_KEY);
        String tampered = good.text().substring(0, good.text().length() - 86) + "A".repeat(86);
        FoundedRegistry other = FoundedRegistry.withIssuer();
        RegistryEvent event = RegistryEvent.Proposed.of(
                other.now, FoundedRegistry.signed(other.proposal(deposit(tampered)), FIRST_KEY));
        long next = other.log.size();
        List<LogEntry> entries = Stream.concat(
                        other.log.read(0, 100).stream(),
                        Stream.of(new LogEntry(next, RegistryEventCodec.encode(event))))
                .toList();
        assertThat(new RegistryReplay(Fixtures.PROVIDERS).take(entries))
                .get()
                .asString()
                .contains("Entry " + next, FEDERATION_KEY.publicJwk().kid());
        assertThat(new RegistryReplay(Fixtures.PROVIDERS).take(founded.log.read(0, 100)))
                .isEmpty();
    }

    @Test
    void anEntityConfigurationEndsAtTheInstantItNames() {
        EntityConfiguration deposited = configuration(FEDERATION_KEY);
        founded.pass(YEAR.minusMillis(1));
        String id = taken(founded.propose(deposit(deposited), FIRST_KEY)).id();
        taken(founded.approve(id, ANNA));
        founded.pass(Duration.ofMillis(1));
        assertThat(ground(founded.approve(id, FoundedRegistry.BO)))
                .isEqualTo(Ground.ENTITY_CONFIGURATION_NOT_ACCEPTABLE);
        assertThat(refusal(deposited.text())).isEqualTo(Ground.ENTITY_CONFIGURATION_NOT_ACCEPTABLE);
    }

    @Test
    void anEntityConfigurationOfTheFutureIsRefused() {
        long ahead = founded.now.plus(Duration.ofMinutes(5)).getEpochSecond();
        assertThat(refusal(signed(FEDERATION_KEY, FEDERATION_KEY, claims -> claims.put("iat", ahead + 1))))
                .isEqualTo(Ground.ENTITY_CONFIGURATION_NOT_ACCEPTABLE);
        assertThat(founded.propose(
                        deposit(signed(FEDERATION_KEY, FEDERATION_KEY, claims -> claims.put("iat", ahead))), FIRST_KEY))
                .isInstanceOf(Receipt.Taken.class);
    }

    static Stream<Consumer<ObjectNode>> faultyClaims() {
        return Stream.of(
                claims -> claims.put("iss", HUB),
                claims -> claims.put("sub", new EntityId(HUB, Fixtures.HANGZHOU).value()),
                claims -> claims.put("iss", new EntityId(HUB, Fixtures.HANGZHOU).value())
                        .put("sub", new EntityId(HUB, Fixtures.HANGZHOU).value()),
                claims -> claims.put("sub", HUB + "/federation/issuers/x").put("iss", HUB + "/federation/issuers/x"),
                claims -> claims.remove("sub"),
                claims -> claims.put("exp", 1.5),
                claims -> claims.put("exp", "1800000000"),
                claims -> claims.remove("exp"),
                claims -> claims.put("exp", claims.get("iat").longValue()),
                claims -> claims.put(
                        "exp",
                        claims.get("iat").longValue() + Duration.ofDays(398).toSeconds() + 1),
                claims -> claims.remove("iat"),
                claims -> claims.remove("jwks"),
                claims -> keys(claims).removeAll(),
                claims -> keys(claims).add(OTHER_KEY.publicJwk().toJson()),
                claims -> keys(claims).set(0, FEDERATION_KEY.toJson()),
                claims -> keys(claims).set(0, Fixtures.SM2.publicJwk().toJson()),
                claims -> ((ObjectNode) keys(claims).get(0)).remove("kid"),
                claims -> ((ObjectNode) keys(claims).get(0))
                        .put("kid", OTHER_KEY.publicJwk().kid()),
                claims -> ((ObjectNode) claims.get("jwks")).put("more", 1),
                claims -> claims.remove("authority_hints"),
                claims -> claims.putArray("authority_hints"),
                claims -> claims.putArray("authority_hints").add(HUB + "/"),
                claims -> claims.putArray("authority_hints").add(HUB).add("https://other.example"),
                claims -> claims.remove("metadata"),
                claims -> ((ObjectNode) claims.get("metadata")).remove("federation_entity"),
                claims -> ((ObjectNode) claims.get("metadata")).putObject("openid_provider"),
                claims -> ((ObjectNode) claims.at("/metadata/federation_entity"))
                        .put("federation_fetch_endpoint", "https://evil.example/"),
                claims -> claims.putArray("trust_marks"),
                claims -> claims.putArray("crit"));
    }

    @ParameterizedTest
    @MethodSource
    void faultyClaims(Consumer<ObjectNode> fault) {
        assertThat(refusal(signed(FEDERATION_KEY, FEDERATION_KEY, fault)))
                .isEqualTo(Ground.ENTITY_CONFIGURATION_NOT_ACCEPTABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"kid\":\"KID\",\"typ\":\"entity-statement+jwt\"}",
                "{\"alg\":\"EdDSA\",\"kid\":\"KID\",\"typ\":\"entity-statement+jwt\"}",
                "{\"alg\":\"ES256\",\"typ\":\"entity-statement+jwt\"}",
                "{\"alg\":\"ES256\",\"kid\":\"KID\"}",
                "{\"alg\":\"ES256\",\"kid\":\"KID\",\"typ\":\"JWT\"}",
                "{\"alg\":\"ES256\",\"kid\":\"KID\",\"typ\":\"entity-statement+jwt\",\"crit\":[]}",
                "{\"alg\":\"ES256\",\"kid\":\"KID\",\"kid\":\"KID\",\"typ\":\"entity-statement+jwt\"}",
                "[]",
                ""
            })
    void aFaultyHeaderIsRefused(String header) {
        String good = configuration(FEDERATION_KEY).text();
        String kid = FEDERATION_KEY.publicJwk().kid();
        String text = StrictBase64Url.encode(Keys.utf8(header.replace("KID", kid))) + good.substring(good.indexOf('.'));
        assertThat(refusal(text)).isEqualTo(Ground.ENTITY_CONFIGURATION_NOT_ACCEPTABLE);
    }

    @Test
    void whatIsNoCompactJwsIsRefused() {
        String good = configuration(FEDERATION_KEY).text();
        for (String text : List.of("", "..", "a.b.c", good + ".", good + "=", good + "\n", good + "A".repeat(20_000))) {
            assertThat(refusal(text)).isEqualTo(Ground.ENTITY_CONFIGURATION_NOT_ACCEPTABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hub.example", "https://hub.example:8443/hutong", "http://127.0.0.1:8080"})
    void aHubIsAnHttpsAddressOrOnThisMachine(String hub) {
        assertThat(EntityId.parse(hub + "/federation/issuers/440100.suikangma"))
                .contains(new EntityId(hub, new IssuerId("440100.suikangma")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hub.example",
                "ftp://hub.example",
                "http://hub.example",
                "http://127.evil.example",
                "https://Hub.example",
                "https://u@hub.example",
                "https://hub.example/",
                "https://hub.example?a=b",
                "https://hub.example#f",
                "https://",
                "https://中国.example"
            })
    void anythingElseIsNot(String hub) {
        assertThat(EntityId.faultInAnchor(hub)).isPresent();
        assertThat(EntityId.parse(hub + "/federation/issuers/440100.suikangma")).isEmpty();
    }

    private static ArrayNode keys(ObjectNode claims) {
        return (ArrayNode) claims.at("/jwks/keys");
    }

    /** The entity configuration of one key, changed, and signed by another. */
    private String signed(PrivateJwk named, PrivateJwk by, Consumer<ObjectNode> change) {
        String payload = configuration(named).text().split("\\.", -1)[1];
        byte[] octets = Objects.requireNonNull(StrictBase64Url.decodeOrNull(payload));
        JsonNode claims = StrictJson.read(octets).orElseThrow();
        change.accept((ObjectNode) claims);
        return new CompactJwsSigner(by, Fixtures.PROVIDERS).sign(EntityConfiguration.TYPE, claims);
    }
}
