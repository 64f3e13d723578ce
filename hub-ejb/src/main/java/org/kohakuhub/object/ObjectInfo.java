package org.kohakuhub.object;

import org.kohakuhub.common.Sha256;

/** A content that the asking repository may read and link. */
public record ObjectInfo(Sha256 sha256, long size) {}
