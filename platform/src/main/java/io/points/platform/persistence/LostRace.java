package io.points.platform.persistence;

/** Somebody else wrote the same thing between our look and our write. Nothing was changed; the retry will see it. */
public final class LostRace extends RuntimeException {

    public LostRace(String what) {
        super("Lost a race for " + what, null, false, false);
    }
}
