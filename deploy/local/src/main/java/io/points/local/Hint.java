package io.points.local;

import java.nio.file.Path;

/** A command to go on with, as the person has to type it: for the same stack, by the name the launcher was called by. */
final class Hint {
    private Hint() {}

    /** The command of {@code arguments} on the stack of that folder. */
    static String command(String arguments, Path folder) {
        String called = System.getProperty("points.called", "./points");
        boolean usual = folder.equals(StackOptions.usual());
        return quoted(called) + " " + arguments + (usual ? "" : " --data " + quoted(folder.toString()));
    }

    /** As a shell reads it as one word. */
    static String quoted(String word) {
        return word.matches("[\\w./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
