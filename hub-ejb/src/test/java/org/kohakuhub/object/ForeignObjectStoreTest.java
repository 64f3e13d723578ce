package org.kohakuhub.object;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.kohakuhub.config.S3Config;
import org.kohakuhub.config.Secret;

/**
 * The contract on whatever S3 server the environment names, such as MinIO: {@code HUB_TEST_S3_ENDPOINT},
 * {@code HUB_TEST_S3_ACCESS_KEY}, {@code HUB_TEST_S3_SECRET_KEY} and, if wanted, {@code HUB_TEST_S3_BUCKET}.
 */
@EnabledIfEnvironmentVariable(named = "HUB_TEST_S3_ENDPOINT", matches = ".+")
class ForeignObjectStoreTest implements ObjectStoreContract {
    private static S3ObjectStore store;

    @BeforeAll
    static void open() {
        S3Config config = new S3Config(
                URI.create(System.getenv("HUB_TEST_S3_ENDPOINT")),
                Optional.empty(),
                false,
                System.getenv("HUB_TEST_S3_ACCESS_KEY"),
                new Secret(System.getenv("HUB_TEST_S3_SECRET_KEY")),
                Optional.ofNullable(System.getenv("HUB_TEST_S3_BUCKET")).orElse("hub-contract"),
                "us-east-1",
                true,
                Duration.ofHours(1));
        store = new S3ObjectStore(config, SMALLEST_PART);
        store.openBucket();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    public ObjectStore store() {
        return store;
    }
}
