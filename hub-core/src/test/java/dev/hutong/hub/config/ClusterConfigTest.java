package dev.hutong.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.config.ClusterConfig.Node;
import dev.hutong.hub.config.HubConfigReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterConfigTest {
    private static final String STORE =
            "registry: { store: { url: 'jdbc:postgresql://127.0.0.1:5432/hutong', user: hutong } }\n";

    @TempDir
    private Path folder;

    private Reading read(String yaml) throws IOException {
        return HubConfigReader.read(Files.writeString(folder.resolve("hub.yaml"), yaml));
    }

    @Test
    void twoHubsNameEachOther() throws IOException {
        Reading reading = read(STORE
                + "cluster: { name: gates, bind: '127.0.0.1:5702', address: '[::1]:7', members: ['hub-a:5701'] }");

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Valid.class,
                        valid -> assertThat(valid.config().cluster())
                                .isEqualTo(new ClusterConfig(
                                        Optional.of("gates"),
                                        new Node("127.0.0.1", 5702),
                                        Optional.of(new Node("::1", 7)),
                                        List.of(new Node("hub-a", 5701)))));
        assertThat(new Node("::1", 7)).hasToString("[::1]:7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { members: ['a:1'] }                               | cluster.name: is missing
            { name: 'a b', members: ['a:1'] }                  | cluster.name: letters
            { name: a }                                        | cluster.members: name at least one
            { name: a, members: [a] }                          | cluster.members[0]: host:port is expected
            { name: a, members: ['a:0'] }                      | cluster.members[0]: host:port is expected
            { name: a, members: ['a:65536'] }                  | cluster.members[0]: host:port is expected
            { name: a, members: 'a:1' }                        | cluster.members: a list
            { name: a, members: ['a:1'], bind: '::1:5701' }    | cluster.bind: host:port is expected
            { name: a, members: ['a:1'], bind: '0.0.0.0:5701' }| cluster.bind: name the one address
            { name: a, members: ['a:1'], multicast: true }     | cluster.multicast: there is no such key
            """)
    void whatCannotBeIsToldWithItsPath(String cluster, String mistake) throws IOException {
        assertThat(read(STORE + "cluster: " + cluster))
                .isInstanceOfSatisfying(
                        Reading.Invalid.class,
                        invalid -> assertThat(invalid.mistakes())
                                .anySatisfy(line -> assertThat(line).contains(mistake)));
    }

    @Test
    void hubsWithoutACommonStoreAreNoCluster() throws IOException {
        assertThat(read("cluster: { name: a, members: ['a:1'] }"))
                .isInstanceOfSatisfying(
                        Reading.Invalid.class,
                        invalid -> assertThat(invalid.mistakes())
                                .containsExactly(
                                        "cluster: its hubs share one registry, and registry.store.url is missing"));
    }
}
