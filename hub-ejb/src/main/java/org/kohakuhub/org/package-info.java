/** Organizations: namespaces that several users share, each in a role. */
package org.kohakuhub.org;
