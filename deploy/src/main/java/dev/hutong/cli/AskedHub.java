package dev.hutong.cli;

import dev.hutong.registry.snapshot.HubSource;

/** A hub as a client of its registry asks it over HTTP. */
record AskedHub(HubConnection hub) implements HubSource {
    @Override
    public Answer snapshot() throws InterruptedException {
        return ask("/v1/registry/snapshot");
    }

    @Override
    public Answer delta(long from) throws InterruptedException {
        return ask("/v1/registry/snapshot?from=" + from);
    }

    @Override
    public Answer proof(long from, long to) throws InterruptedException {
        return ask("/v1/log/proof?from=" + from + "&to=" + to);
    }

    private Answer ask(String path) throws InterruptedException {
        HubConnection.Answer answer = hub.get(path);
        return new Answer(answer.status(), answer.body());
    }
}
