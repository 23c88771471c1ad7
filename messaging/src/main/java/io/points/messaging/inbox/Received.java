package io.points.messaging.inbox;

import io.points.messaging.Envelope;
import io.points.messaging.contract.Message;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that could be read.
 *
 * @param message what it says
 * @param origin where it stood
 */
public record Received<M extends Message>(Envelope envelope, M message, ConsumerRecord<String, byte[]> origin) {}
