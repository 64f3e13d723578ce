package org.kohakuhub.object;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the embedded object store; the short part size lets small objects take the ways of long ones. */
class S3ProxyObjectStoreTest implements ObjectStoreContract {
    private static S3ObjectStore store;

    @BeforeAll
    static void open() {
        store = new S3ObjectStore(RunningS3Proxy.shared().config("contract"), SMALLEST_PART);
        store.openBucket();
        store.openBucket(); // an existing bucket is fine
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
