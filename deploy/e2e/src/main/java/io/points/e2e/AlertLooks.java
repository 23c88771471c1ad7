package io.points.e2e;

import static io.points.local.Service.ALLOCATION;

/** When allocation-service looks for business alerts: it stands in a row of its own tables, so it can be changed there. */
public final class AlertLooks {

    private final Books books;

    /** The looks of this stack. */
    public AlertLooks(Books books) {
        this.books = books;
    }

    /** Nobody looks from now on: a look under way is over by then. */
    public void stop() {
        due("'infinity'");
    }

    /** It is looked at once, and as usual from then on. */
    public void resume() {
        due("now()");
    }

    private void due(String time) {
        var refusal = books.refusal(ALLOCATION, "update alert_round set due_at = " + time);
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
    }
}
