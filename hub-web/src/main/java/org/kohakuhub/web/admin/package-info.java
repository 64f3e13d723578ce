/** The site administrator's API, below {@code /admin/api}. */
package org.kohakuhub.web.admin;
