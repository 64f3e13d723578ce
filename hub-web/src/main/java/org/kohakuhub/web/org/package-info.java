/** Organizations and their members. */
package org.kohakuhub.web.org;
