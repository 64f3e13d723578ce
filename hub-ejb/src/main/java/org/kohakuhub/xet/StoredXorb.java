package org.kohakuhub.xet;

import org.kohakuhub.common.XetHash;
import org.kohakuhub.xet.format.ChunkTable;

/**
 * A xorb that the hub has.
 *
 * @param key of its chunk records in the object store
 */
record StoredXorb(XetHash hash, String key, ChunkTable chunks) {}
