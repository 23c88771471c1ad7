package io.points.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs, which refuses to be root. Anybody else runs it as themselves. Root runs it in a user namespace
 * of its own, where it is nobody; where the machine allows none, as many containers do, as the user {@code nobody}, whose
 * the data is then.
 *
 * @param owner the numeric id of the data's owner
 * @param prefix what is put before each of PostgreSQL's commands
 */
record PostgresAccount(int owner, List<String> prefix) {
    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    /** Whoever we are, as we are. */
    private static final PostgresAccount OURSELVES = new PostgresAccount(-1, List.of());

    static final PostgresAccount IN_NAMESPACE = new PostgresAccount(ROOT, List.of("unshare", "-U"));

    static final PostgresAccount AS_NOBODY =
            new PostgresAccount(NOBODY, List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));

    /**
     * The account for a server whose data lies in {@code folder}.
     *
     * @throws CannotStartException with the ways out, if there is none
     */
    static PostgresAccount of(Path folder) {
        return Shell.isRoot() ? ofRoot(folder, List.of(IN_NAMESPACE, AS_NOBODY)) : OURSELVES;
    }

    static PostgresAccount ofRoot(Path folder, List<PostgresAccount> candidates) {
        return candidates.stream()
                .filter(account -> account.canEnter(folder) && account.canEnter(Repository.state()))
                .findFirst()
                .orElseThrow(() -> new CannotStartException(
                        "PostgreSQL refuses to run as root, and this machine lets root neither make a user namespace"
                                + " (unshare -U) nor reach " + folder
                                + " as nobody (setpriv): run Points as another user,"
                                + " give a folder that all may enter with --data, or start the container with"
                                + " --security-opt seccomp=unconfined."));
    }

    /** Whether it can be had, and may enter the folder. */
    private boolean canEnter(Path folder) {
        if (!Shell.onPath(prefix.get(0))) {
            return false;
        }
        List<String> command = new ArrayList<>(prefix);
        command.addAll(
                List.of("sh", "-c", "[ -x \"$1\" ]", "sh", existing(folder).toString()));
        return Shell.succeeds(command);
    }

    private static Path existing(Path folder) {
        Path path = folder.toAbsolutePath();
        while (!Files.exists(path)) {
            path = path.getParent();
        }
        return path;
    }

    /**
     * Makes the folder and all that is in it the owner's; an earlier start may have been under another account. The folder itself
     * comes last: once it is the owner's, all is, even if somebody has ended us in between.
     */
    void own(Path folder) throws IOException {
        if (owner < 0 || !Files.exists(folder)) {
            return;
        }
        if (Integer.valueOf(owner).equals(Files.getAttribute(folder, "unix:uid"))) {
            return;
        }
        for (Path path : topLast(folder)) {
            Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        }
    }

    static List<Path> topLast(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
