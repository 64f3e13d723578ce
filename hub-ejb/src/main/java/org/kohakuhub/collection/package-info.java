/** Collections: what users and organizations put together under a title. Items that a reader may not see are left out. */
package org.kohakuhub.collection;
