package io.points.platform.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Until when the certificates are valid with which this process talks to Kafka, to its database and to the identity
 * provider. Files are renewed beside a running
 * process, which goes on with what it has read when it started; so that is what is shown. Of a file with several, one is still valid as
 * long as the newest is. Nothing is shown where nothing is encrypted.
 */
@ApplicationScoped
class CertificateMetrics {

    private static final Logger LOG = Logger.getLogger(CertificateMetrics.class);
    private static final String EXPIRY = "points_certificate_expiry_timestamp_seconds";

    private final Map<String, Object> kafka;
    private final Optional<List<String>> database;
    private final Optional<String> identity;
    private final MeterRegistry metrics;

    CertificateMetrics(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.datasource.reactive.trust-certificate-pem.certs")
                    Optional<List<String>> database,
            @ConfigProperty(name = "points.oidc.authority") Optional<String> identity,
            MeterRegistry metrics) {
        this.kafka = kafka;
        this.database = database;
        this.identity = identity;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        showKeyStore(
                "kafka-user",
                SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
                SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
                SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
        showKeyStore(
                "kafka-ca",
                SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
                SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
                SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG);
        database.ifPresent(files -> files.forEach(file -> show("database-ca", file, CertificateMetrics::ofPem)));
        identity.ifPresent(file -> show("keycloak-ca", file, CertificateMetrics::ofPem));
    }

    private void showKeyStore(String certificate, String location, String type, String password) {
        if (kafka.get(location) instanceof String file) {
            show(certificate, file, stream -> ofKeyStore(stream, text(type), text(password)));
        }
    }

    private @Nullable String text(String setting) {
        var value = kafka.get(setting);
        return value instanceof Password secret ? secret.value() : value == null ? null : value.toString();
    }

    private interface Reader {
        Collection<? extends Certificate> read(InputStream file) throws GeneralSecurityException, IOException;
    }

    private void show(String certificate, String file, Reader reader) {
        try (var stream = Files.newInputStream(Path.of(file))) {
            newest(reader.read(stream)).ifPresent(end -> Gauge.builder(EXPIRY, end, Instant::getEpochSecond)
                    .tag("certificate", certificate)
                    .strongReference(true)
                    .register(metrics));
        } catch (GeneralSecurityException | IOException e) {
            // Whoever needs the file says more, and cannot work.
            LOG.warnf("The expiry of the certificates in %s cannot be read: %s", file, e);
        }
    }

    /** Of a key its own certificate alone, without those of its authorities. */
    private static Collection<Certificate> ofKeyStore(
            InputStream file, @Nullable String type, @Nullable String password)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(type == null ? SslConfigs.DEFAULT_SSL_KEYSTORE_TYPE : type);
        store.load(file, password == null ? null : password.toCharArray());
        var certificates = new ArrayList<Certificate>();
        for (var alias : Collections.list(store.aliases())) {
            certificates.add(store.getCertificate(alias));
        }
        return certificates;
    }

    private static Collection<? extends Certificate> ofPem(InputStream file) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificates(file);
    }

    private static Optional<Instant> newest(Collection<? extends Certificate> certificates) {
        return certificates.stream()
                .filter(X509Certificate.class::isInstance)
                .map(certificate ->
                        ((X509Certificate) certificate).getNotAfter().toInstant())
                .max(Instant::compareTo);
    }
}
