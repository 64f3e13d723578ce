/**
 * The Xet storage protocol to the byte: hashes, chunks, xorbs, shards. Streams and arrays only; nothing here knows a
 * server, a database or an object store. Section numbers are those of docs/xet-protocol.md.
 */
package org.kohakuhub.xet.format;
