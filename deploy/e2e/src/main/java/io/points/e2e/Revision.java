package io.points.e2e;

import io.points.local.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which state of the sources is run. */
public final class Revision {

    private Revision() {}

    /** The commit, with a plus sign if there are changes on top of it; "unknown" outside of git. */
    public static String ofSources() {
        var commit = git("rev-parse", "--short=12", "HEAD");
        if (commit.isEmpty()) {
            return "unknown";
        }
        return commit + (git("status", "--porcelain", "--untracked-files=no").isEmpty() ? "" : "+");
    }

    private static String git(String... arguments) {
        try {
            var command = new java.util.ArrayList<>(
                    List.of("git", "-C", Repository.root().toString()));
            command.addAll(List.of(arguments));
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
