package io.points.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code points token USER}. */
@Command(name = "token", description = "Prints an access token of a user, for curl.")
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private Place place;

    @Parameters(paramLabel = "USER", description = "For example admin or triton-manager.")
    private String user;

    @Option(names = "--password", description = "The user's password (default: ${DEFAULT-VALUE}).")
    private String password = LocalKeycloak.DEMO_PASSWORD;

    @Override
    public Integer call() {
        Ports ports = new Ports(place.running().portBase());
        System.out.println(LocalKeycloak.token(LocalKeycloak.issuer(ports.keycloak()), user, password));
        return 0;
    }
}
