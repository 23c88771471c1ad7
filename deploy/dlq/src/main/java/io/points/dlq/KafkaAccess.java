package io.points.dlq;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
public record KafkaAccess(Map<String, Object> settings) {

    /** A broker that lets everybody in, as {@code host:port}. */
    public static KafkaAccess plain(String bootstrap) {
        return new KafkaAccess(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    }

    /**
     * As a file of Kafka client properties says.
     *
     * @throws DlqException if it cannot be read, or does not say where Kafka is
     */
    public static KafkaAccess readFrom(Path file) {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
        } catch (CharacterCodingException e) {
            throw new DlqException(file + " is not a text in UTF-8.", e);
        } catch (IOException e) {
            throw new DlqException("The settings of Kafka cannot be read: " + reason(e) + ".", e);
        } catch (IllegalArgumentException e) {
            throw new DlqException(file + " is no file of Java properties: " + e.getMessage() + ".", e);
        }
        Map<String, Object> settings = new HashMap<>();
        properties.forEach((key, value) -> settings.put(key.toString(), value));
        if (!settings.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new DlqException(file + " does not say where Kafka is: bootstrap.servers is missing.");
        }
        return new KafkaAccess(settings);
    }

    /** Java's exceptions of files have the name alone for a message. */
    private static String reason(IOException fault) {
        if (!(fault instanceof FileSystemException file)) {
            return fault.getMessage();
        }
        String why = file.getReason();
        if (fault instanceof AccessDeniedException) {
            why = "this user may not (permission denied)";
        } else if (fault instanceof NoSuchFileException) {
            why = "there is no such file or folder";
        }
        return file.getFile() + ": " + why;
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
