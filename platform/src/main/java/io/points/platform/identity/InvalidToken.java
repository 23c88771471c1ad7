package io.points.platform.identity;

/** A rejected token. The message explains why, and may be shown to its sender. */
public final class InvalidToken extends Exception {

    InvalidToken(String what) {
        super(what, null, false, false);
    }
}
