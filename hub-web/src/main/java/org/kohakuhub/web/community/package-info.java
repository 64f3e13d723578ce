/** Access requests, likes, followers, downloads and trends, as the contract and the hub's own clients ask for them. */
package org.kohakuhub.web.community;
