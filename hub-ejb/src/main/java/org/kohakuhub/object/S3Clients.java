package org.kohakuhub.object;

import java.net.URI;
import java.time.Duration;
import org.kohakuhub.config.S3Config;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Makes the SDK's parts from the hub's settings alone: no profile file of the machine has a say. */
final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** A store may work for long on one copy before it says a word. */
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private S3Clients() {}

    static S3Client client(S3Config config) {
        return S3Client.builder()
                .endpointOverride(config.endpoint())
                .region(Region.of(config.region()))
                .credentialsProvider(credentials(config))
                .forcePathStyle(config.forcePathStyle())
                // the newer checksum trailers are refused or ignored by many stores that speak S3
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.defaultProfileFile(noProfiles()))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .build();
    }

    static S3Presigner presigner(S3Config config, URI address) {
        return S3Presigner.builder()
                .endpointOverride(address)
                .region(Region.of(config.region()))
                .credentialsProvider(credentials(config))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(config.forcePathStyle())
                        .profileFile(S3Clients::noProfiles)
                        .build())
                .build();
    }

    private static AwsCredentialsProvider credentials(S3Config config) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                config.accessKey(), config.secretKey().value()));
    }

    private static ProfileFile noProfiles() {
        return ProfileFile.aggregator().build();
    }
}
