/** Git LFS: which bytes a client has to send or may fetch, and where; verification when it has sent them. */
package org.kohakuhub.lfs;
