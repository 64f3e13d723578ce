/** The hub about itself: front page, version, health. */
package org.kohakuhub.web.site;
