/**
 * What every request goes through before anything answers it: request id, host, credentials, same-origin check, log
 * line.
 */
package org.kohakuhub.web.auth;
