package io.points.local;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How to reach a Kafka: its address and, where it asks for one, a login.
 *
 * @param settings as all of Kafka's clients have them
 */
record KafkaAccess(Map<String, Object> settings) {

    /** A broker that lets everybody in, as {@code host:port}. */
    static KafkaAccess plain(String bootstrap) {
        return new KafkaAccess(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    }

    /** As a file of Kafka client properties says. */
    static KafkaAccess readFrom(Path file) {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
        } catch (CharacterCodingException e) {
            throw new CannotStartException(file + " is not a text in UTF-8.", e);
        } catch (IOException e) {
            throw new CannotStartException("The settings of Kafka cannot be read: " + Sentence.reason(e) + ".", e);
        } catch (IllegalArgumentException e) {
            throw new CannotStartException(file + " is no file of Java properties: " + e.getMessage() + ".", e);
        }
        Map<String, Object> settings = new HashMap<>();
        properties.forEach((key, value) -> settings.put(key.toString(), value));
        if (!settings.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new CannotStartException(file + " does not say where Kafka is: bootstrap.servers is missing.");
        }
        return new KafkaAccess(settings);
    }

    /** These settings with a client's own. */
    Map<String, Object> and(Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(own);
        return all;
    }

    String address() {
        return settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).toString();
    }
}
