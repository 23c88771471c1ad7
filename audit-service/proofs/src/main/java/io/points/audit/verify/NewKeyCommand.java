package io.points.audit.verify;

import io.points.audit.proof.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./points audit new-key}. */
@Command(
        name = "new-key",
        description =
                "Makes a key pair that signs checkpoints: the private key goes to FILE, the verifier key is printed.")
final class NewKeyCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "The name under which it signs, such as points-2027.")
    private String name;

    @Parameters(index = "1", paramLabel = "FILE", description = "Where the private key goes; must not exist yet.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        var key = SigningKey.generate(name);
        try (var out = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            out.write(java.nio.ByteBuffer.wrap(key.pem().getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        }
        System.out.println(key.verifier().text());
        return 0;
    }
}
