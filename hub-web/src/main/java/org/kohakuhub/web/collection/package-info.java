/** Collections (hf-api-contract.md, section 12). */
package org.kohakuhub.web.collection;
