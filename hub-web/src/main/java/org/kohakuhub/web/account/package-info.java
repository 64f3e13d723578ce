/** Registration, login, API tokens, and who the caller is. */
package org.kohakuhub.web.account;
