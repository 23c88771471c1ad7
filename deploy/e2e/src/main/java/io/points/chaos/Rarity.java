package io.points.chaos;

/** A state that is met only if it is forced, and that the harness sees with its own eyes. */
enum Rarity {
    RUN_FOUND_DONE("periods that another instance had run when a scheduler woke up"),
    UNDO_KILLED("undos of batches that went on after a kill in the middle"),
    CLOSING_WAITED("closings that waited for what was under way");

    private final String words;

    Rarity(String words) {
        this.words = words;
    }

    /** In the plural, as the report has it. */
    String words() {
        return words;
    }
}
