package dev.hutong.hub.ledger;

/**
 * The end that a node's chain had when it was verified. That the chain had it can be shown: the hub signed the header.
 *
 * @param node whose chain
 * @param number of its last block
 * @param header of that block, a compact JWS
 */
public record ChainEnd(String node, long number, String header) {}
