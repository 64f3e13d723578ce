/** The page of compatibility, and what holds it to the truth. */
package org.kohakuhub.compat;
