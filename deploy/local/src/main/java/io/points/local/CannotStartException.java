package io.points.local;

/** A part of the stack cannot be started; the message is one sentence for the person at the terminal. */
public final class CannotStartException extends RuntimeException {

    /** @param message what is wrong and what to do about it */
    public CannotStartException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong and what to do about it
     * @param cause the fault behind it
     */
    public CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
