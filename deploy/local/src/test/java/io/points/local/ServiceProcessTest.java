package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({"17+35, false", "17.0.8, false", "17.0.9, true", "20.0.2, false", "21, true", "25.0.1, true"})
    void anOptionIsGivenOnlyToAJvmThatKnowsIt(String java, boolean known) {
        assertEquals(known, ServiceProcess.trimsNativeHeap(Runtime.Version.parse(java)));
    }

    /** One that is misspelt is no option, and whoever looks into a service should hear of that. */
    @Test
    void noOptionIsIgnored() {
        assertFalse(command().contains("-XX:+IgnoreUnrecognizedVMOptions"));
    }
}
