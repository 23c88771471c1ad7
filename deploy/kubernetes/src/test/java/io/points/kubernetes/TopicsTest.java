package io.points.kubernetes;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.contract.Topic;
import io.points.local.Service;
import io.points.local.Topics;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** Topics and who may do what on them, against those that the code declares. */
class TopicsTest {
    private final Manifests manifests = Manifests.of("prod");

    @Test
    void everyTopicOfTheCodeIsDeclaredAndNoOther() {
        assertEquals(new TreeSet<>(Topics.all()), new TreeSet<>(manifests.names("KafkaTopic")));
    }

    @Test
    void partitionsAndRetentionAreThoseOfTheCode() {
        Map<String, NewTopic> declared = Topics.declared();
        for (JsonNode topic : manifests.all("KafkaTopic")) {
            NewTopic expected = declared.get(Manifests.name(topic));
            JsonNode spec = topic.path("spec");
            assertEquals(expected.numPartitions(), spec.path("partitions").asInt(), Manifests.title(topic));
            expected.configs()
                    .forEach((key, value) -> assertEquals(
                            value, spec.path("config").path(key).asText(), Manifests.title(topic) + " " + key));
            assertEquals(3, spec.path("replicas").asInt(), Manifests.title(topic));
        }
    }

    @Test
    void everyTopicHasOneWriter() {
        for (String topic : Topics.all()) {
            assertEquals(1, usersWho("Write", topic).size(), topic + " is written by " + usersWho("Write", topic));
        }
        for (Service service : Service.values()) {
            for (String topic : Topics.readBy(service)) {
                assertEquals(Set.of(service.module()), usersWho("Write", Topics.deadLetters(topic, service)));
                assertEquals(Set.of("dead-letters"), usersWho("Write", Topics.replays(topic, service)));
            }
        }
    }

    @Test
    void aServiceReadsWhatItsCodeReadsAndNothingElse() {
        for (Service service : Service.values()) {
            Set<String> expected = new HashSet<>(Topics.readBy(service));
            Topics.readBy(service).forEach(topic -> expected.add(Topics.replays(topic, service)));
            if (service == Service.AUDIT) {
                // What it published, compared with what it has before it seals.
                expected.add(Topic.AUDIT_CHECKPOINTS);
            }
            assertEquals(expected, resources(service.module(), "topic", "Read"), service.module());
            assertEquals(Set.of(service.module()), resources(service.module(), "group", "Read"));
        }
    }

    @Test
    void financeReadsTheBillingTopicAndNothingElse() {
        assertEquals(Set.of(Topic.BILLING_ENTRIES), resources("finance", "topic", "Read"));
        assertEquals(Set.of(Topic.BILLING_ENTRIES), resources("finance", "topic", "Describe"));
        assertEquals(Set.of(), resources("finance", "topic", "Write"));
        assertEquals(Set.of("finance"), resources("finance", "group", "Read"));
        assertTrue(Manifests.each(manifests.one("Kafka", "points").at("/spec/kafka/listeners"))
                .filter(listener -> "external".equals(listener.path("name").asText()))
                .allMatch(listener -> listener.path("tls").asBoolean()
                        && "tls".equals(listener.at("/authentication/type").asText())));
    }

    @Test
    void aServiceIsScaledByEachTopicThatItReads() {
        for (Service service : Service.values()) {
            JsonNode scaled = manifests.one("ScaledObject", service.module());
            Set<String> topics = Manifests.each(scaled.at("/spec/triggers"))
                    .filter(trigger -> "kafka".equals(trigger.path("type").asText()))
                    .peek(trigger -> assertEquals(
                            service.module(),
                            trigger.at("/metadata/consumerGroup").asText()))
                    .map(trigger -> trigger.at("/metadata/topic").asText())
                    .collect(toSet());
            assertEquals(new HashSet<>(Topics.readBy(service)), topics, service.module());
            assertTrue(scaled.at("/spec/maxReplicaCount").asInt() <= Topics.PARTITIONS);
        }
    }

    @Test
    void oneBrokerMayBeLost() {
        JsonNode config = manifests.one("Kafka", "points").at("/spec/kafka/config");
        assertEquals(2, config.path("min.insync.replicas").asInt());
        assertEquals("false", config.path("auto.create.topics.enable").asText());
        assertEquals("false", config.path("unclean.leader.election.enable").asText());
        assertEquals(
                3, manifests.one("KafkaNodePool", "nodes").at("/spec/replicas").asInt());
    }

    private Set<String> usersWho(String operation, String topic) {
        return manifests.names("KafkaUser").stream()
                .filter(user -> resources(user, "topic", operation).contains(topic))
                .collect(toSet());
    }

    private Set<String> resources(String user, String type, String operation) {
        return acls(user)
                .filter(acl -> type.equals(acl.at("/resource/type").asText()))
                .filter(acl -> Manifests.each(acl.path("operations")).anyMatch(one -> operation.equals(one.asText())))
                .map(acl -> acl.at("/resource/name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<JsonNode> acls(String user) {
        return Manifests.each(manifests.one("KafkaUser", user).at("/spec/authorization/acls"));
    }
}
