/** Uploads: which files go where, and how a list of operations becomes one git commit. */
package org.kohakuhub.commit;
