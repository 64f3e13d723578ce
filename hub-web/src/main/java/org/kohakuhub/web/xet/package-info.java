/** The Xet protocol over HTTP: tokens at the API, xorbs, shards, plans and dedup queries below {@code /xet}. */
package org.kohakuhub.web.xet;
