package dev.hutong.registry.proposal;

import static dev.hutong.registry.proposal.Documents.actions;
import static dev.hutong.registry.proposal.Documents.approval;
import static dev.hutong.registry.proposal.Documents.around;
import static dev.hutong.registry.proposal.Documents.genesis;
import static dev.hutong.registry.proposal.Documents.json;
import static dev.hutong.registry.proposal.Documents.proposal;
import static dev.hutong.registry.proposal.Documents.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.jose.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever strangers send, reading it gives a value or an {@link IllegalArgumentException}, and nothing else. */
class ForeignDocumentsPropertiesTest {
    private static final List<byte[]> DOCUMENTS = Stream.concat(
                    actions().stream().map(action -> signed(proposal(action))),
                    Stream.of(signed(approval()), signed(genesis())))
            .map(document -> Keys.utf8(document.toString()))
            .toList();
    private static final List<ObjectNode> PAYLOADS = Stream.concat(
                    actions().stream().map(action -> proposal(action).toJson()),
                    Stream.of(approval().toJson(), genesis().toJson()))
            .toList();
    /** Values that somebody may not have thought of. */
    private static final ArrayNode ODD = (ArrayNode)
            json("{'odd':[null,true,0,-1,1.5,1e300,9223372036854775808,2147483648,'','\\u0000','\\ud83d\\ude00',[],{},[[]],"
                            + "'+999999999-12-31T23:59:59Z','PT2562047788015215H','-PT1S','PT0.0000000001S','http://[','AAAA',"
                            + "{'kty':'EC'},{'kty':1},{'d':''},{'kty':'SM2','x':'','y':''},'440000.','2026-02-30T00:00:00Z']}")
                    .get("odd");

    @Property(tries = 500)
    void octetsChangedAnywhere(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] octets = DOCUMENTS.get(random.nextInt(DOCUMENTS.size())).clone();
        read(() -> SignedDocument.of(scrambled(octets, random)));
    }

    @Property(tries = 500)
    void payloadsChangedAnywhere(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] octets = Keys.utf8(PAYLOADS.get(random.nextInt(PAYLOADS.size())).toString());
        read(() -> around(scrambled(octets, random)));
    }

    @Property(tries = 1_000)
    void membersOfOtherKinds(@ForAll long seed) {
        Random random = new Random(seed);
        ObjectNode payload = PAYLOADS.get(random.nextInt(PAYLOADS.size())).deepCopy();
        List<ObjectNode> objects = new ArrayList<>();
        collect(payload, objects);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        object.set(names.get(random.nextInt(names.size())), ODD.get(random.nextInt(ODD.size())));
        read(() -> around(payload));
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(child -> collect(child, objects));
    }

    private static byte[] scrambled(byte[] octets, Random random) {
        byte[] scrambled = octets.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(scrambled.length);
            switch (random.nextInt(3)) {
                case 0 -> scrambled[at] = (byte) random.nextInt(256);
                case 1 -> scrambled[at] = scrambled[random.nextInt(scrambled.length)];
                default -> scrambled = Arrays.copyOf(scrambled, 1 + at);
            }
        }
        return scrambled;
    }

    private static void read(Supplier<SignedDocument> foreign) {
        try {
            SignedDocument document = foreign.get();
            assertThat(SignedDocument.of(document.toJson())).isEqualTo(document);
            for (Runnable reader : List.<Runnable>of(
                    () -> Proposal.of(document), () -> Approval.of(document), () -> Genesis.of(document))) {
                try {
                    reader.run();
                } catch (IllegalArgumentException refused) {
                    assertThat(refused.getMessage()).isNotBlank();
                }
            }
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
