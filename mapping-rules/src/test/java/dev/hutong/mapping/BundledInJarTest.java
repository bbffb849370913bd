package dev.hutong.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.policy.Policies;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data that travels with this module is found when the module is a jar, as it is in the distribution. */
class BundledInJarTest {
    @TempDir
    Path folder;

    @Test
    void theFormatVersionsOfAJarAreThoseOfTheFolder() throws Exception {
        try (var jar = new JarFirst(jar())) {
            Object regions = jar.regions();
            Object packages = jar.call(FormatVersions.class, "bundled", regions);
            List<?> inJar = (List<?>) packages.getClass().getMethod("packages").invoke(packages);
            List<String> names = inJar.stream().map(BundledInJarTest::versioned).toList();
            assertThat(names)
                    .isEqualTo(FormatVersions.bundled(Regions.load()).packages().stream()
                            .map(FormatPackage::versioned)
                            .toList())
                    .contains("hangzhou@1.0.0", "itinerary@1.0.0");
        }
    }

    @Test
    void policiesAndTextsAreInTheJarToo() throws Exception {
        try (var jar = new JarFirst(jar())) {
            assertThat(jar.call(Policies.class, "bundled", jar.regions())).isNotNull();
            assertThat(jar.call(Explanations.class, "bundled")).isNotNull();
            assertThat(jar.call(Explanations.class, "bundled")).as("once more").isNotNull();
        }
    }

    private static String versioned(Object format) {
        try {
            return (String) format.getClass().getMethod("versioned").invoke(format);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private URL jar() throws IOException, URISyntaxException {
        URI classes =
                Yaml.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path root = Path.of(classes);
        Path jar = folder.resolve("mapping-rules.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> entries = Files.walk(root)) {
            for (Path entry : entries.filter(path -> !path.equals(root)).toList()) {
                String name = root.relativize(entry).toString().replace('\\', '/');
                out.putNextEntry(new JarEntry(Files.isDirectory(entry) ? name + "/" : name));
                if (Files.isRegularFile(entry)) {
                    Files.copy(entry, out);
                }
                out.closeEntry();
            }
        }
        return jar.toUri().toURL();
    }

    /** Takes this module's classes and data from the jar, everything else from where the test has it. */
    private static final class JarFirst extends URLClassLoader {
        JarFirst(URL jar) {
            super(new URL[] {jar}, BundledInJarTest.class.getClassLoader());
        }

        Object regions() throws ReflectiveOperationException {
            return call(Regions.class, "load");
        }

        Object call(Class<?> type, String method, Object... arguments) throws ReflectiveOperationException {
            Class<?>[] types = Stream.of(arguments).map(Object::getClass).toArray(Class<?>[]::new);
            Class<?> inJar = loadClass(type.getName());
            assertThat(inJar).isNotSameAs(type);
            return inJar.getMethod(method, types).invoke(null, arguments);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("dev.hutong.mapping.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }

        @Override
        public @Nullable URL getResource(String name) {
            URL found = findResource(name);
            return found != null ? found : super.getResource(name);
        }
    }
}
