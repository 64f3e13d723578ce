/**
 * What people do around repositories: they ask for access, like, follow and download. What is counted here is kept in
 * columns of the repository, so that lists can be sorted by it.
 */
package org.kohakuhub.community;
