/**
 * Who somebody is: users (and the names of organizations, which share their space), passwords, browser sessions, API
 * tokens. What they may do is decided in {@code access}.
 */
package org.kohakuhub.account;
