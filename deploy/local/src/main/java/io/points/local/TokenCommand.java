package io.points.local;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code points token USER}. */
@Command(name = "token", description = "Prints an access token of a user, for curl.")
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private StackOptions place;

    @Parameters(paramLabel = "USER", description = "For example admin or triton-manager.")
    private String user;

    @Option(names = "--password", description = "The user's password (default: ${DEFAULT-VALUE}).")
    private String password = LocalKeycloak.DEMO_PASSWORD;

    @Override
    public Integer call() {
        Ports ports = new Ports(place.running().portBase());
        Instant asked = Instant.now();
        String token = LocalKeycloak.token(LocalKeycloak.issuer(ports.keycloak()), user, password);
        System.out.println(token);
        keep(token, asked);
        return 0;
    }

    /** Whoever asked has their token; that the next one takes longer is no failure of this command. */
    private void keep(String token, Instant asked) {
        try {
            TokenFile.keep(place.folder(), user, token, asked);
        } catch (IOException e) {
            System.err.println("The token could not be kept for the next time: " + Sentence.reason(e) + ".");
        }
    }
}
