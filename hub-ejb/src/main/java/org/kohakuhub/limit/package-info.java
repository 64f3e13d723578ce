/** Rate limits: how many requests of a class one caller may make within a window of time, over all nodes. */
package org.kohakuhub.limit;
