package org.kohakuhub.xet;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.xet.format.Vectors;

/** What the tests of this package share: a hub on a database and the embedded object store. */
interface XetContract {
    TestXet hub();

    /** Bytes that no other test has. */
    static byte[] fresh(int size) {
        return Vectors.random(size, ThreadLocalRandom.current().nextLong());
    }

    static void refused(ErrorKind kind, ThrowingCallable call) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(call)
                .extracting(HubException::kind)
                .isEqualTo(kind);
    }
}
