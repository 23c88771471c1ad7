package io.points.platform.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.points.contract.Envelope;
import io.points.contract.Headers;
import io.points.contract.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record whose envelope is valid and whose value is a JSON object of any type; for a known type, the message.
 *
 * @param json the value, exactly as it was written
 */
public record ReceivedJson(Envelope envelope, String json, ConsumerRecord<String, byte[]> origin) {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    /** The topic that it was originally published to, even if it was replayed. */
    public String topic() {
        return Topic.original(origin.topic());
    }

    /** The text of these bytes. Jackson accepts encodings other than UTF-8, and misreads some of them. */
    private static String text(byte[] value) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("the value is not UTF-8", e);
        }
    }

    static ReceivedJson read(ConsumerRecord<String, byte[]> origin) throws Headers.Unreadable, IOException {
        var envelope = Headers.read(origin.headers());
        if (Inbox.message(envelope, origin).isEmpty()) {
            requireObject(origin.value());
        }
        return new ReceivedJson(envelope, text(origin.value()), origin);
    }

    private static void requireObject(byte[] value) throws IOException {
        try {
            if (!READER.readTree(value).isObject()) {
                throw new IOException("the value is not a JSON object");
            }
        } catch (JsonProcessingException e) {
            throw new IOException("the value is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
