package dev.hutong.hub.ledger;

class MemoryBlockStoreTest extends BlockStoreContract {
    @Override
    BlockStore open() {
        return new MemoryStore();
    }
}
