/** Repositories over HTTP: create, delete, tell, list, settings, branches, tags, log. */
package org.kohakuhub.web.repo;
