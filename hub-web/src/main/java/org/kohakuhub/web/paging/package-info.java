/** Pages of long lists: {@code Link: <...>; rel="next"}. */
package org.kohakuhub.web.paging;
