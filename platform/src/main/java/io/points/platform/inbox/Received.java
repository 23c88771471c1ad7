package io.points.platform.inbox;

import io.points.contract.Envelope;
import io.points.contract.Message;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was decoded.
 *
 * @param message its message
 * @param origin its original position
 */
public record Received<M extends Message>(Envelope envelope, M message, ConsumerRecord<String, byte[]> origin) {}
