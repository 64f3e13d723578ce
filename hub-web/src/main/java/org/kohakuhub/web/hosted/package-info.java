/** What only the hosted service has: machines that run something. A hub of one's own says so, and nothing breaks. */
package org.kohakuhub.web.hosted;
