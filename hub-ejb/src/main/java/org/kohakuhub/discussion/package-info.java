/**
 * Discussions and pull requests of a repository. A pull request is a discussion with a ref, {@code refs/pr/{num}}, that is
 * pushed to, read and merged like any other.
 */
package org.kohakuhub.discussion;
