package io.points.kubernetes;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of the test's own, and the certificates that it gives; as Strimzi's user operator does. */
final class Certificates {
    static final String PASSWORD = "changeit";

    private static final Duration VALID = Duration.ofDays(2);

    private final Path folder;
    private final SecureRandom random = new SecureRandom();
    private final KeyPair keys = newKeys();
    private final X509Certificate own = given("ca", keys, Extension.basicConstraints, new BasicConstraints(true));

    private Certificates(Path folder) {
        this.folder = folder;
    }

    static Certificates in(Path folder) {
        Certificates made = new Certificates(folder);
        try {
            Files.createDirectories(folder);
            Files.writeString(made.authority(), pem(made.own));
            KeyStore trusted = empty();
            trusted.setCertificateEntry("ca", made.own);
            store(trusted, made.truststore());
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority's certificate, as PEM. */
    Path authority() {
        return folder.resolve("ca.crt");
    }

    Path truststore() {
        return folder.resolve("truststore.p12");
    }

    /** A key and a certificate in whose subject stands the name alone. */
    Path keystoreOf(String name) {
        Path keystore = folder.resolve(name + ".p12");
        if (Files.exists(keystore)) {
            return keystore;
        }
        KeyPair pair = newKeys();
        Certificate[] chain = {
            given(
                    name,
                    pair,
                    Extension.subjectAlternativeName,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, name))),
            own
        };
        try {
            KeyStore made = empty();
            made.setKeyEntry(name, pair.getPrivate(), PASSWORD.toCharArray(), chain);
            store(made, keystore);
            return keystore;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed by the authority. */
    private X509Certificate given(String name, KeyPair pair, ASN1ObjectIdentifier extension, ASN1Encodable value) {
        Instant now = Instant.now();
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    new X500Principal("CN=ca"),
                                    new BigInteger(64, random),
                                    Date.from(now.minus(VALID)),
                                    Date.from(now.plus(VALID)),
                                    new X500Principal("CN=" + name),
                                    pair.getPublic())
                            .addExtension(extension, extension.equals(Extension.basicConstraints), value)
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void store(KeyStore store, Path file) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
