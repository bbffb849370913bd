package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.Hub;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.TlsConfig;
import dev.hutong.hub.config.WarmUpConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a hub, against one that speaks TLS by a certificate that no machine trusts by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsHubIT {
    private static final char[] PASSWORD = "only for this test".toCharArray();

    private Path certificate = Path.of("");
    private Hub hub;

    @BeforeAll
    void start(@TempDir Path data, @TempDir Path files) throws Exception {
        KeyStore made = selfSigned(files.resolve("made.p12"));
        certificate = files.resolve("hub.pem");
        Path key = files.resolve("hub-key.pem");
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        write(certificate, "CERTIFICATE", made.getCertificate("hub").getEncoded());
        write(key, "PRIVATE KEY", made.getKey("hub", PASSWORD).getEncoded());
        HubConfig config = HubConfig.defaults()
                .withWarmUp(WarmUpConfig.NONE)
                .withData(data)
                .withPort(0)
                .withManagementPort(0);
        hub = Hub.start(
                config.withHttp(config.http().withTls(new TlsConfig(certificate, key))), InstantSource.system());
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void aHubWhoseAuthorityIsNamedIsAsked() {
        InProcess run = run("resolve", "--text", "no code", "--ca", certificate.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("UNKNOWN  UNKNOWN_FORMAT");
    }

    /** The log of a hub that nobody founded is empty, which is a finding; so it was fetched. */
    @Test
    void itsLogIsFetchedByTheSameAuthority() {
        InProcess trusted = run("log", "verify", "--ca", certificate.toString());
        InProcess untrusted = run("log", "verify");

        assertThat(trusted.exitCode()).as(trusted.err()).isEqualTo(ExitCodes.FAILED);
        assertThat(untrusted.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
    }

    @Test
    void aHubWhoseAuthorityIsNotTrustedIsNotAsked() {
        InProcess run = run("resolve", "--text", "no code");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(run.err()).contains("is not trusted", "--ca").hasLineCount(1);
    }

    @Test
    void anAuthorityThatIsNoneIsNamed() {
        InProcess missing = run("resolve", "--text", "no code", "--ca", "nowhere.pem");
        InProcess other = run("resolve", "--text", "no code", "--ca", "pom.xml");

        assertThat(missing.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(missing.err()).contains("--ca: there is no file nowhere.pem");
        assertThat(other.err()).contains("--ca: pom.xml holds no certificates in PEM");
    }

    private InProcess run(String command, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = command;
        System.arraycopy(more, 0, arguments, 1, more.length);
        arguments[more.length + 1] = "--hub";
        arguments[more.length + 2] = hub.url().toString();
        return InProcess.run(arguments);
    }

    /** By the JDK's own keytool, which every machine with a JDK has. */
    private static KeyStore selfSigned(Path store) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hub",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-validity",
                        "7",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return KeyStore.getInstance(store.toFile(), PASSWORD);
    }

    private static void write(Path file, String what, byte[] der) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                        + "-----\n");
    }
}
