/**
 * The version store: commits, trees and refs of every repository. History is git, and the ids are git's. Below it,
 * {@code version.git} keeps git's objects in SQL and in the object store; nobody else knows JGit's internals.
 */
package org.kohakuhub.version;
