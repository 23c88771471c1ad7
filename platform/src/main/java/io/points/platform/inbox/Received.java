package io.points.platform.inbox;

import io.points.contract.Envelope;
import io.points.contract.Message;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that could be read.
 *
 * @param message what it says
 * @param origin where it stood
 */
public record Received<M extends Message>(Envelope envelope, M message, ConsumerRecord<String, byte[]> origin) {}
