package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority of the test's own, and the certificates that it gives, by the JDK's keytool; as Strimzi's user operator does. */
final class Certificates {
    static final String PASSWORD = "changeit";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    static Certificates in(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Certificates made = new Certificates(folder);
        made.keytool("-genkeypair", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c", "-keystore", "ca.p12");
        made.keytool("-exportcert", "-alias", "ca", "-rfc", "-file", "ca.crt", "-keystore", "ca.p12");
        made.keytool("-importcert", "-alias", "ca", "-file", "ca.crt", "-noprompt", "-keystore", "truststore.p12");
        return made;
    }

    /** The authority's certificate, as PEM. */
    Path authority() {
        return folder.resolve("ca.crt");
    }

    Path truststore() {
        return folder.resolve("truststore.p12");
    }

    /** A key and a certificate in whose subject stands the name alone. */
    Path keystoreOf(String name) {
        Path keystore = folder.resolve(name + ".p12");
        if (Files.exists(keystore)) {
            return keystore;
        }
        String file = name + ".p12";
        keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keystore", file);
        keytool("-certreq", "-alias", name, "-file", name + ".csr", "-keystore", file);
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                name + ".csr",
                "-outfile",
                name + ".crt",
                "-ext",
                "san=dns:" + name,
                "-keystore",
                "ca.p12");
        keytool("-importcert", "-alias", "ca", "-file", "ca.crt", "-noprompt", "-keystore", file);
        keytool("-importcert", "-alias", name, "-file", name + ".crt", "-noprompt", "-keystore", file);
        return keystore;
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        if (command.contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        }
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
