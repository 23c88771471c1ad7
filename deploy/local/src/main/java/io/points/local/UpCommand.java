package io.points.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code points up}. */
@Command(name = "up", description = "Starts everything, and stops it again at Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private StackOptions place;

    @Option(names = "--detach", description = "Leave it running in the background; ./points down stops it.")
    private boolean detach;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "Where the ports are counted from (default: POINTS_PORT_BASE, else 18000).")
    private Integer portBase;

    @Option(
            names = Background.OBSERVE,
            description = "Prometheus too, with the rules of a cluster: the installed one, or Debian's package.")
    private boolean observe;

    @Option(names = Background.NO_CONSOLE, description = "Without the web console.")
    private boolean noConsole;

    @Option(names = Background.CLOCKS, hidden = true, description = "The services' clocks can be moved on.")
    private boolean clocks;

    @Override
    public Integer call() {
        Terminal terminal = new Terminal(System.out);
        Ports ports = StackOptions.ports(portBase);
        if (detach) {
            new Background(place.folder(), ports, terminal, options()).start();
        } else {
            Wiring wiring = clocks ? new Clocks(place.folder()) : Wiring.USUAL;
            new Supervisor(place.folder(), ports, terminal, wiring, !noConsole, observe).run();
        }
        return 0;
    }

    private List<String> options() {
        List<String> options = new ArrayList<>();
        if (observe) {
            options.add(Background.OBSERVE);
        }
        if (noConsole) {
            options.add(Background.NO_CONSOLE);
        }
        if (clocks) {
            options.add(Background.CLOCKS);
        }
        return options;
    }
}
