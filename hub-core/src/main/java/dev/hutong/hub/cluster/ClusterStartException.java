package dev.hutong.hub.cluster;

/** A hub cannot be part of its cluster; the message says why and what to do. */
public final class ClusterStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClusterStartException(String message) {
        super(message);
    }
}
