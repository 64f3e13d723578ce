/**
 * The database behind the persistence unit: which one it is, how connections to it behave, its schema. Everything else
 * sees an entity manager.
 */
package org.kohakuhub.database;
