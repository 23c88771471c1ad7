package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {
    private static final String MORE = "points.service.options";

    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(MORE);
    }

    private List<String> command() {
        return new ServiceProcess("audit-service", Service.AUDIT, folder, 0, Map::of, Wiring.USUAL).command();
    }

    @Test
    void whatSomebodyAsksForComesInOrderAfterWhatIsUsual() {
        System.setProperty(MORE, " -Xmx200m  -Xlog:gc ");
        List<String> command = command();
        int jar = command.indexOf("-jar");
        assertEquals(List.of("-Xmx200m", "-Xlog:gc"), command.subList(jar - 2, jar));
        assertTrue(command.indexOf("-Xmx144m") < command.indexOf("-Xmx200m"));
    }

    /** The first releases of JDK 17 do not know all of them. */
    @Test
    void anOptionThatTheJvmDoesNotKnowKeepsItFromNothing() {
        List<String> command = command();
        int lenient = command.indexOf("-XX:+IgnoreUnrecognizedVMOptions");
        assertTrue(lenient > 0 && lenient < command.indexOf("-XX:TrimNativeHeapInterval=5000"), command.toString());
    }
}
