package io.points.local;

import io.points.dlq.DlqException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;

/** A fault as one sentence, for the person at the terminal; no stack trace of ours ever gets there. */
public final class Sentence {
    private static final String DETAILS = "failure.log";

    private Sentence() {}

    /**
     * Runs an annotated object as a command of picocli's; what goes wrong in any thread is told by one sentence.
     *
     * @return its exit code: 1 for a fault, 2 for a command that is not one
     */
    public static int run(Object command, String... arguments) {
        return run(new CommandLine(command), arguments);
    }

    static int run(CommandLine line, String... arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> tell(fault));
        line.setExecutionExceptionHandler((fault, which, parsed) -> {
            tell(fault);
            return 1;
        });
        try {
            return line.execute(arguments);
        } catch (Error e) {
            tell(e);
            return 1;
        }
    }

    /** Prints the fault, unless it is only that this JVM is being ended. */
    private static void tell(Throwable fault) {
        if (!AtExit.ending()) {
            System.err.println(of(fault));
        }
    }

    /** What happened; of a fault that nobody foresaw also where its stack trace is kept. */
    public static String of(Throwable fault) {
        if (fault instanceof CannotStartException || fault instanceof DlqException) {
            return fault.getMessage();
        }
        if (fault instanceof IOException io) {
            return reason(io);
        }
        if (fault instanceof OutOfMemoryError) {
            return "There is not enough memory for this: " + fault.getMessage();
        }
        Throwable cause = fault.getCause();
        boolean isWrapper = fault instanceof UncheckedIOException
                || fault instanceof CompletionException
                || fault instanceof ExecutionException
                || cause != null && cause.toString().equals(fault.getMessage());
        if (isWrapper && cause != null) {
            return of(cause);
        }
        if (fault instanceof KafkaException) {
            return "Kafka did not do it: " + fault.getMessage() + causes(fault);
        }
        if (fault instanceof IllegalStateException && fault.getMessage() != null) {
            return fault.getMessage();
        }
        return "It failed, and nobody foresaw how: " + fault + kept(fault);
    }

    /** What is wrong with a file or a connection; Java's exceptions of files have the name alone for a message. */
    static String reason(IOException fault) {
        if (!(fault instanceof FileSystemException file)) {
            return fault.getMessage() == null ? fault.toString() : fault.getMessage();
        }
        String why = file.getReason();
        if (fault instanceof AccessDeniedException) {
            why = "this user may not (permission denied)";
        } else if (fault instanceof NoSuchFileException) {
            why = "there is no such file or folder";
        } else if (fault instanceof FileAlreadyExistsException || fault instanceof NotDirectoryException) {
            why = "a file stands where a folder has to be";
        }
        return file.getFile() + (why == null ? " cannot be used" : ": " + why);
    }

    /** What stands behind a fault of Kafka's clients, which say little themselves. */
    static String causes(Throwable fault) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().equals(fault.getMessage())) {
                text.append("; ").append(cause.getMessage());
            }
        }
        return text.toString();
    }

    private static String kept(Throwable fault) {
        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        try {
            Path file = Repository.state().resolve(DETAILS);
            Files.createDirectories(file.getParent());
            Files.writeString(file, trace.toString());
            return " (more in " + file + ")";
        } catch (IOException | CannotStartException e) {
            return " (its details could not be written down: " + e.getMessage() + ")";
        }
    }
}
