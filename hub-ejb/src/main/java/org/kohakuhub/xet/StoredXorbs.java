package org.kohakuhub.xet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.common.XetHash;

/** The xorbs that one request looks at, of which it remembers the last ones: neighbouring files share theirs. */
final class StoredXorbs {
    /** A table has at most 320 KiB. */
    private static final int REMEMBERED = 64;

    private final XorbRows rows;
    private final Map<XetHash, Optional<StoredXorb>> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<XetHash, Optional<StoredXorb>> eldest) {
            return size() > REMEMBERED;
        }
    };

    StoredXorbs(XorbRows rows) {
        this.rows = rows;
    }

    Optional<StoredXorb> find(XetHash hash) {
        return last.computeIfAbsent(hash, rows::find);
    }
}
