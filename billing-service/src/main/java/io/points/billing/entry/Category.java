package io.points.billing.entry;

/** What kind of charge an entry is: ChargeCategory of FOCUS 1.2, as far as points have any. */
public enum Category {
    /** An allocation: points that the tenant buys. */
    PURCHASE("Purchase"),
    /** A clawback, as far as it gives back what a purchase cost. */
    CREDIT("Credit"),
    /** A clawback of points that no purchase stands against. Sound books have none; nothing is lost if there is one. */
    ADJUSTMENT("Adjustment");

    private final String word;

    Category(String word) {
        this.word = word;
    }

    /** As FOCUS writes it. */
    public String word() {
        return word;
    }
}
