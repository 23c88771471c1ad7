package io.points.audit.evidence;

import java.util.Base64;
import java.util.List;

/** Hashes as they stand in JSON. */
final class Base64Text {

    private Base64Text() {}

    static String of(byte[] hash) {
        return Base64.getEncoder().encodeToString(hash);
    }

    static List<String> of(List<byte[]> hashes) {
        return hashes.stream().map(Base64Text::of).toList();
    }
}
