/** Reading JSON that clients send. */
package org.kohakuhub.web.json;
