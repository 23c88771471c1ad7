package io.points.dlq;

import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Which Kafka a command works on. */
public abstract class KafkaOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** How to reach it. */
    protected abstract KafkaAccess kafka();

    /** How the sentence goes on that says that the broker fails: where else to look. */
    protected String ifTheBrokerFails() {
        return "";
    }

    /** How the sentence goes on that says that a service takes nothing: where else to look. */
    protected String ifNothingIsTaken() {
        return "";
    }

    /**
     * Works with the broker.
     *
     * @throws DlqException if the broker does not answer
     */
    final <T> T with(Function<KafkaAccess, T> work) {
        KafkaAccess kafka = kafka();
        try {
            return work.apply(kafka);
        } catch (KafkaException e) {
            throw new DlqException(
                    "Kafka at %s did not do it (%s)%s."
                            .formatted(kafka.address(), e.getMessage() + causes(e), ifTheBrokerFails()),
                    e);
        }
    }

    /** What stands behind a fault of Kafka's clients, which say little themselves. */
    private static String causes(Throwable fault) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().equals(fault.getMessage())) {
                text.append("; ").append(cause.getMessage());
            }
        }
        return text.toString();
    }

    final DeadLetterQueue queue(String name) {
        return DeadLetterQueue.named(name)
                .orElseThrow(() -> new DlqException("There is no queue %s; %s list shows those there are."
                        .formatted(Visible.text(name), command.parent().qualifiedName())));
    }
}
