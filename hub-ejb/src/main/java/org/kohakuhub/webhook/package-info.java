/**
 * Webhooks: what happens to repositories and in discussions is told to addresses that users name. What is to be told is
 * written in the transaction in which it happens, and sent later, at least once.
 */
package org.kohakuhub.webhook;
