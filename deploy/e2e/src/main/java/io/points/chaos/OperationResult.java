package io.points.chaos;

/**
 * What the caller knows of an operation.
 *
 * @param state COMPLETED, REJECTED, CANCELLED or COMPENSATED; REFUSED for a refusal that left nothing behind; OPEN while
 *     a distribution runs; UNKNOWN while no attempt was answered
 * @param id the distribution or the allocation; null if there is none
 */
record OperationResult(String state, String id) {

    static final OperationResult UNKNOWN = new OperationResult("UNKNOWN", null);

    boolean isKnown() {
        return !state.equals("UNKNOWN");
    }

    boolean isOpen() {
        return state.equals("OPEN");
    }

    boolean isCompleted() {
        return state.equals("COMPLETED");
    }
}
