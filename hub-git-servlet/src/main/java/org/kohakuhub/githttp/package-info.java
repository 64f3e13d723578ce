/** Git over smart HTTP: the addresses, who may, and JGit's servlet behind them. */
package org.kohakuhub.githttp;
