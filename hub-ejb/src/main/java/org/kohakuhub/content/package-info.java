/** From a path at a revision to the bytes that stand there, and to what is told of them. */
package org.kohakuhub.content;
