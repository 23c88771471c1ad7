package io.points.audit.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.points.audit.proof.Note;
import io.points.audit.proof.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that an auditor has kept: public keys and checkpoints. */
final class SavedFiles {

    private SavedFiles() {}

    /**
     * The verifier keys in a file, one a line.
     *
     * @throws IOException that names the file, if there is none or one cannot be read
     */
    static List<VerifierKey> keys(Path file) throws IOException {
        var keys = new ArrayList<VerifierKey>();
        try {
            for (var line : Files.readAllLines(readable(file))) {
                if (!line.isBlank()) {
                    keys.add(VerifierKey.parse(line));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds something else than verifier keys: " + e.getMessage(), e);
        }
        if (keys.isEmpty()) {
            throw new IOException(file + " holds no key.");
        }
        return keys;
    }

    /**
     * The checkpoints in a file: a note as it is, or JSON documents with fields {@code note} anywhere in them.
     *
     * @throws IOException that names the file, if there is none or one cannot be read
     */
    static List<Note> checkpoints(Path file) throws IOException {
        var text = Files.readString(readable(file));
        var notes = new ArrayList<Note>();
        try {
            for (var note : text.stripLeading().startsWith("{") ? notes(text) : List.of(text)) {
                notes.add(Note.parse(note));
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException(file + " holds something else than checkpoints: " + e.getMessage(), e);
        }
        if (notes.isEmpty()) {
            throw new IOException(file + " holds no checkpoint.");
        }
        return notes;
    }

    private static List<String> notes(String json) throws IOException {
        var notes = new ArrayList<String>();
        try (var parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && "note".equals(parser.currentName())) {
                    notes.add(parser.getText());
                }
            }
        }
        return notes;
    }

    static Path readable(Path file) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException(file + " cannot be read.");
        }
        return file;
    }
}
