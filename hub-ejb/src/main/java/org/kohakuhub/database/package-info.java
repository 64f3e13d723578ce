/**
 * The database behind the persistence unit: which one it is, how connections to it behave, its schema. Everything else
 * sees an entity manager, and asks here only what a column's value means.
 */
package org.kohakuhub.database;
