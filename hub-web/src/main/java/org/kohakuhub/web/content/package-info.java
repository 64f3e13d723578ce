/** Files over HTTP: downloads, trees, what is at many paths. */
package org.kohakuhub.web.content;
