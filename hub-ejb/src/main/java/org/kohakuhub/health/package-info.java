/** Whether the hub can do its work now. */
package org.kohakuhub.health;
