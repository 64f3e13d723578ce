/** Buckets: files by path, without history, whose contents are in Xet. */
package org.kohakuhub.bucket;
