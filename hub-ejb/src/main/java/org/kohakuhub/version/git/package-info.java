/**
 * Git's objects and refs on SQL and the object store: JGit's DFS engine with our storage below it. All use of
 * {@code org.eclipse.jgit.internal} is in this package.
 *
 * <p>Objects are written first, into packs that no row names; one transaction then inserts the pack rows and swaps the
 * refs. What loses the swap was never visible.
 */
package org.kohakuhub.version.git;
