package dev.hutong.registry;

import dev.hutong.registry.RegistryEvent.Development;
import java.util.ArrayList;
import java.util.List;

/** A development log as long as it is wanted: one issuer that is suspended and resumed in turn. */
final class ManyEntries {
    private ManyEntries() {}

    static List<LogEntry> of(int count) {
        List<LogEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new LogEntry(i, RegistryEventCodec.encode(event(i))));
        }
        return entries;
    }

    private static Development event(int i) {
        if (i == 0) {
            return Fixtures.registered(Fixtures.GUANGDONG);
        }
        return i % 2 == 1 ? Fixtures.suspended(Fixtures.GUANGDONG) : Fixtures.resumed(Fixtures.GUANGDONG);
    }
}
