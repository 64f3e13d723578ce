package org.kohakuhub.version.git;

import java.util.Optional;
import org.kohakuhub.common.GitOid;

/**
 * One ref's move, valid only while the ref stands at {@code expected}.
 *
 * @param expected empty if the ref must not exist
 * @param next empty to remove the ref
 * @param peeled the commit that {@code next} leads to if it is an annotated tag
 */
record RefStep(String ref, Optional<GitOid> expected, Optional<GitOid> next, Optional<GitOid> peeled) {
    RefStep {
        if (expected.isEmpty() && next.isEmpty()) {
            throw new IllegalArgumentException("from nothing to nothing: " + ref);
        }
    }
}
