package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.hub.clients.TokenForm;
import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.TlsConfig;
import dev.hutong.registry.CertificateThumbprint;
import dev.hutong.registry.ClientId;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.ClientTerms;
import dev.hutong.registry.LocalRegistration;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Action.RegisterClient;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are bound to a client's certificate (RFC 8705), over real TLS: a thief of the token alone has nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateBoundTokensIT {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final ClientId BOUND = new ClientId("bound");
    private static final ClientId FREE = new ClientId("free");

    private final InstantSource clock = InstantSource.system();
    private final PrivateJwk boundKey = FoundedFolder.key(SignatureAlgorithm.ES256);
    private final PrivateJwk freeKey = FoundedFolder.key(SignatureAlgorithm.ES256);
    private Path folder;
    private Hub running;
    private URI hub;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        folder = data;
        for (String name : List.of("server", "mine", "thief")) {
            makeCertificate(name);
        }
        Path hubData = data.resolve("data");
        register(hubData);
        HubConfig config = TestHub.config(hubData).withClients(ClientsConfig.REQUIRED);
        TlsConfig tls = new TlsConfig(
                pem(
                        "server.pem",
                        "CERTIFICATE",
                        keyStore("server").getCertificate("server").getEncoded()),
                pem(
                        "server.key",
                        "PRIVATE KEY",
                        keyStore("server").getKey("server", PASSWORD).getEncoded()),
                TlsConfig.ClientCertificates.REQUEST,
                Optional.empty());
        running = Hub.start(config.withHttp(config.http().withTls(tls)), clock);
        hub = running.url();
    }

    @AfterAll
    void stop() {
        running.close();
    }

    private void register(Path data) throws Exception {
        byte[] certificate = keyStore("mine").getCertificate("mine").getEncoded();
        CertificateThumbprint thumbprint =
                CertificateThumbprint.of(MessageDigest.getInstance("SHA-256").digest(certificate));
        try (RegistryFolder registryFolder = ((RegistryFolder.Opened) RegistryFolder.tryOpen(data)).folder();
                Registry registry = Registry.open(registryFolder.log(), SignatureProviders.choose(), clock)) {
            LocalRegistration local = new LocalRegistration(registry, clock);
            local.add(new RegisterClient(BOUND, terms(Optional.of(thumbprint)), boundKey.publicJwk()));
            local.add(new RegisterClient(FREE, terms(Optional.empty()), freeKey.publicJwk()));
        }
    }

    private Path pem(String name, String label, byte[] der) throws Exception {
        Path file = folder.resolve(name);
        Files.writeString(
                file,
                "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                        + "-----\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static ClientTerms terms(Optional<CertificateThumbprint> certificate) {
        return new ClientTerms("client", Set.of(ClientRole.VERIFIER), Set.of(), Set.of(), certificate);
    }

    private void makeCertificate(String name) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        folder.resolve(name + ".p12").toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private KeyStore keyStore(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(file, PASSWORD);
        }
        return store;
    }

    /** A client that shows this certificate, or none. */
    private HttpClient showing(Optional<String> name) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keyStore("server").getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (name.isPresent()) {
            keys.init(keyStore(name.get()), PASSWORD);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(name.isPresent() ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }

    private HttpResponse<String> send(
            HttpClient client, String path, Map<String, String> headers, Optional<String> form) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve(path));
        headers.forEach(request::header);
        form.ifPresent(body -> request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> ask(ClientId client, PrivateJwk key, Optional<String> certificate) throws Exception {
        String form = TokenForm.of(client, key, hub.toString(), Optional.empty(), clock.instant());
        return send(showing(certificate), "/oauth2/token", Map.of(), Optional.of(form));
    }

    private int use(String token, Optional<String> certificate) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve("/v1/resolve"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"nobody's\"}"));
        OAuthClient.bearer(token).forEach(request::header);
        return showing(certificate)
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static String token(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body()).get("access_token").textValue();
    }

    @Test
    void aBoundTokenIsGoodWithItsCertificateAlone() throws Exception {
        String token = token(ask(BOUND, boundKey, Optional.of("mine")));
        assertThat(use(token, Optional.of("mine"))).isEqualTo(200);
        assertThat(use(token, Optional.of("thief"))).isEqualTo(401);
        assertThat(use(token, Optional.empty())).isEqualTo(401);
        assertThat(use(token, Optional.of("mine"))).as("and goes on being so").isEqualTo(200);
    }

    @Test
    void whoIsRegisteredWithACertificateGetsNoTokenWithoutIt() throws Exception {
        assertThat(ask(BOUND, boundKey, Optional.empty()).statusCode()).isEqualTo(401);
        assertThat(ask(BOUND, boundKey, Optional.of("thief")).statusCode()).isEqualTo(401);
    }

    @Test
    void whoIsNotMayShowAnyOrNone() throws Exception {
        String token = token(ask(FREE, freeKey, Optional.of("thief")));
        assertThat(use(token, Optional.empty())).isEqualTo(200);
    }
}
