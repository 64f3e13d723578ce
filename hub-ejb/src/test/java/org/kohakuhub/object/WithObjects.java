package org.kohakuhub.object;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;

/** A hub that takes contents, for the contracts of this package. */
interface WithObjects {
    TestObjects hub();

    @BeforeEach
    default void noHooks() {
        hub().store.reset();
    }

    /** Forty bytes that no other test has. */
    static byte[] fresh() {
        byte[] bytes = new byte[40];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }
}
