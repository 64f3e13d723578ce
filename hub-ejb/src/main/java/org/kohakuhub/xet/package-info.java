/**
 * Large files as deduplicated chunks: takes xorbs and shards, tells how files are put together again, and puts them
 * together itself for those who speak plain HTTP. The formats are in {@code format}.
 */
package org.kohakuhub.xet;
