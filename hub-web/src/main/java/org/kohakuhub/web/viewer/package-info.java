/** The dataset viewer's addresses. */
package org.kohakuhub.web.viewer;
