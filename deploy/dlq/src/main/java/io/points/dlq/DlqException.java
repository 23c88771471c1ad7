package io.points.dlq;

/** What was asked for cannot be done; the message is one sentence for the operator at the terminal. */
public final class DlqException extends RuntimeException {

    DlqException(String message) {
        super(message);
    }

    DlqException(String message, Throwable cause) {
        super(message, cause);
    }
}
