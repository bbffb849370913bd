package dev.hutong.hub.cluster;

import dev.hutong.hub.load.Quota;
import dev.hutong.hub.load.Quotas;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Quotas that the hubs of a cluster take from together: each tells now and then what was taken from it, and takes the same from its own when
 * it is next asked. So a client gets its quota once, and not once at each hub, but for what it takes between two tellings. Nothing waits
 * for another hub; while hubs are apart each grants the whole quota.
 */
final class SharedQuotas implements Quotas {
    /** A pseudonym's first half, and how many requests. */
    private static final int ENTRY_OCTETS = 2 * Long.BYTES + Integer.BYTES;

    private static final int MOST_ENTRIES_OF_A_MESSAGE = 2_000;

    /** Far more than ask at once; what is more than that is forgotten rather than kept. */
    private static final int MOST_HOLDERS = 100_000;

    private final Quotas local;
    private final Pseudonyms pseudonyms;
    private final Map<String, Integer> holderToTaken = new ConcurrentHashMap<>();
    private final Map<Pseudonym, Integer> pseudonymToOwed = new ConcurrentHashMap<>();
    private final Map<String, Pseudonym> holderToPseudonym = new ConcurrentHashMap<>();

    private record Pseudonym(long high, long low) {}

    SharedQuotas(Quotas local, Pseudonyms pseudonyms) {
        this.local = local;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public Answer take(String holder, Quota quota, int requests) {
        if (!pseudonymToOwed.isEmpty()) {
            settle(holder, quota);
        }
        Answer answer = local.take(holder, quota, requests);
        if (answer.granted()) {
            holderToTaken.merge(holder, requests, Integer::sum);
        }
        return answer;
    }

    /** Takes what was taken elsewhere, or what is left. */
    private void settle(String holder, Quota quota) {
        Integer owed = pseudonymToOwed.remove(pseudonymOf(holder));
        if (owed == null) {
            return;
        }
        Answer answer = local.take(holder, quota, owed);
        if (!answer.granted() && answer.remaining() > 0) {
            local.take(holder, quota, Math.toIntExact(Math.min(answer.remaining(), owed)));
        }
    }

    /** What was taken here since the last time, for the others. */
    List<byte[]> tell() {
        List<byte[]> messages = new ArrayList<>();
        ByteBuffer message = ByteBuffer.allocate(MOST_ENTRIES_OF_A_MESSAGE * ENTRY_OCTETS);
        for (String holder : List.copyOf(holderToTaken.keySet())) {
            Integer taken = holderToTaken.remove(holder);
            if (taken == null) {
                continue;
            }
            Pseudonym pseudonym = pseudonymOf(holder);
            message.putLong(pseudonym.high()).putLong(pseudonym.low()).putInt(taken);
            if (!message.hasRemaining()) {
                messages.add(octets(message));
            }
        }
        if (message.position() > 0) {
            messages.add(octets(message));
        }
        if (holderToPseudonym.size() > MOST_HOLDERS) {
            holderToPseudonym.clear();
        }
        return messages;
    }

    private static byte[] octets(ByteBuffer message) {
        byte[] octets = new byte[message.flip().remaining()];
        message.get(octets);
        message.clear();
        return octets;
    }

    /** Takes in what another told. */
    void hear(byte[] message) {
        if (message.length % ENTRY_OCTETS != 0) {
            return;
        }
        if (pseudonymToOwed.size() > MOST_HOLDERS) {
            pseudonymToOwed.clear();
        }
        ByteBuffer octets = ByteBuffer.wrap(message);
        while (octets.hasRemaining()) {
            Pseudonym holder = new Pseudonym(octets.getLong(), octets.getLong());
            int taken = octets.getInt();
            if (taken > 0) {
                pseudonymToOwed.merge(holder, taken, SharedQuotas::sumUpTo);
            }
        }
    }

    private static Integer sumUpTo(Integer one, Integer other) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) one + other));
    }

    private Pseudonym pseudonymOf(String holder) {
        return holderToPseudonym.computeIfAbsent(holder, unknown -> {
            ByteBuffer octets = ByteBuffer.wrap(pseudonyms.of("quota", unknown));
            return new Pseudonym(octets.getLong(), octets.getLong());
        });
    }
}
