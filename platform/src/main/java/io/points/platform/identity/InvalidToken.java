package io.points.platform.identity;

/** A token that stands for nobody. The message says what is wrong with it, in words that its sender may read. */
public final class InvalidToken extends Exception {

    InvalidToken(String what) {
        super(what, null, false, false);
    }
}
