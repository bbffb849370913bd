package dev.hutong.cli;

/** Checks a port given on the command line. */
final class Ports {
    private Ports() {}

    static int require(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new CommandFailure(ExitCodes.USAGE, option + ": a port is a number from 0 to 65535, not " + port);
        }
        return port;
    }
}
