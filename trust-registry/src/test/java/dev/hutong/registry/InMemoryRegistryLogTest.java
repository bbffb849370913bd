package dev.hutong.registry;

class InMemoryRegistryLogTest extends RegistryLogContract {
    @Override
    RegistryLog open() {
        return new InMemoryRegistryLog();
    }
}
