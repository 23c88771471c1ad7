package io.points.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.LocalKafka;
import io.points.local.Ports;
import io.points.local.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker as Strimzi would make it of our manifests: whoever comes by TLS has to show a certificate, and may do what the
 * KafkaUser of that name says. The test itself comes by another listener and may do everything.
 */
final class SecuredKafka implements AutoCloseable {
    private final LocalKafka kafka;
    private final Certificates certificates;
    private final int securePort = Ports.anyFree();

    private SecuredKafka(Path folder) {
        certificates = Certificates.in(folder.resolve("certificates"));
        int port = Ports.anyFree();
        int controller = Ports.anyFree();
        kafka = new LocalKafka(folder.resolve("kafka"), port, controller, "256m", settings(port, controller));
    }

    static SecuredKafka start(Path folder, Manifests manifests) throws ExecutionException, InterruptedException {
        SecuredKafka started = new SecuredKafka(folder);
        started.kafka.start();
        Topics.provision(started.kafka.bootstrap());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", started.kafka.bootstrap()))) {
            admin.createAcls(acls(manifests)).all().get();
        }
        return started;
    }

    private List<String> settings(int port, int controller) {
        String own = certificates.keystoreOf("localhost").toString();
        return List.of(
                "listeners=PLAINTEXT://127.0.0.1:%s,CONTROLLER://127.0.0.1:%s,SSL://127.0.0.1:%s"
                        .formatted(port, controller, securePort),
                "advertised.listeners=PLAINTEXT://127.0.0.1:%s,SSL://localhost:%s".formatted(port, securePort),
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SSL:SSL",
                "ssl.client.auth=required",
                "ssl.keystore.type=PKCS12",
                "ssl.keystore.location=" + own,
                "ssl.keystore.password=" + Certificates.PASSWORD,
                "ssl.truststore.type=PKCS12",
                "ssl.truststore.location=" + certificates.truststore(),
                "ssl.truststore.password=" + Certificates.PASSWORD,
                "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found=false",
                "super.users=User:ANONYMOUS");
    }

    private static List<AclBinding> acls(Manifests manifests) {
        List<AclBinding> acls = new ArrayList<>();
        for (JsonNode user : manifests.all("KafkaUser")) {
            String principal = "User:CN=" + Manifests.name(user);
            for (JsonNode acl : user.at("/spec/authorization/acls")) {
                JsonNode resource = acl.path("resource");
                ResourcePattern pattern = new ResourcePattern(
                        ResourceType.fromString(resource.path("type").asText()),
                        resource.path("name").asText(),
                        "prefix".equals(resource.path("patternType").asText())
                                ? PatternType.PREFIXED
                                : PatternType.LITERAL);
                for (JsonNode operation : acl.path("operations")) {
                    acls.add(new AclBinding(
                            pattern,
                            new AccessControlEntry(
                                    principal,
                                    "*",
                                    AclOperation.fromString(operation.asText().toUpperCase(Locale.ROOT)),
                                    AclPermissionType.ALLOW)));
                }
            }
        }
        return acls;
    }

    /** What the Secrets of a user and of the cluster's authority hold, as a pod's environment names it. */
    Map<String, String> secretsOf(String user) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                "localhost:" + securePort,
                "KAFKA_SSL_KEYSTORE_LOCATION",
                certificates.keystoreOf(user).toString(),
                "KAFKA_SSL_KEYSTORE_PASSWORD",
                Certificates.PASSWORD,
                "KAFKA_SSL_TRUSTSTORE_LOCATION",
                certificates.truststore().toString(),
                "KAFKA_SSL_TRUSTSTORE_PASSWORD",
                Certificates.PASSWORD);
    }

    /** A client's settings for a user, as docs/operations.md has them. */
    Map<String, Object> clientOf(String user) {
        Map<String, String> secrets = secretsOf(user);
        return Map.of(
                "bootstrap.servers",
                secrets.get("KAFKA_BOOTSTRAP_SERVERS"),
                "security.protocol",
                "SSL",
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                secrets.get("KAFKA_SSL_KEYSTORE_LOCATION"),
                "ssl.keystore.password",
                Certificates.PASSWORD,
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                secrets.get("KAFKA_SSL_TRUSTSTORE_LOCATION"),
                "ssl.truststore.password",
                Certificates.PASSWORD);
    }

    /** For the test itself, which may do everything. */
    String bootstrap() {
        return kafka.bootstrap();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
