/**
 * Who may do what: the one table and the one class that decides by it. Every use case asks {@code AccessPolicy} first
 * and goes on with the key that it gives.
 */
package org.kohakuhub.access;
