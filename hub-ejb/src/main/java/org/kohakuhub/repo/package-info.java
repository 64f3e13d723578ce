/**
 * The repository as a thing with an owner, a name and settings: its creation and end, what is told of it, lists of
 * them, its branches and tags. What it holds is the version store's.
 */
package org.kohakuhub.repo;
