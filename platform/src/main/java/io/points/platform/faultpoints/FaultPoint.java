package io.points.platform.faultpoints;

/** A place between two steps that belong together. A crash here must lose nothing and do nothing twice. */
public enum FaultPoint {
    /** Records were read, their effect has not begun. */
    INBOX_BEFORE_EFFECT,
    /** The effect of a poll is committed, its records are not acknowledged. */
    INBOX_AFTER_COMMIT,
    /** All statements of a transaction are done, outbox rows included; it is not committed. */
    TRANSACTION_BEFORE_COMMIT,
    /** A transaction is committed; neither the caller nor the relay has been notified. */
    TRANSACTION_AFTER_COMMIT,
    /** The relay has locked rows and sent none of them. */
    OUTBOX_BEFORE_SEND,
    /** Kafka has the messages; their rows are not deleted. */
    OUTBOX_AFTER_SEND;

    /** The name of the file that arms it: {@code inbox-before-effect}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
