/** Attachments (hf-api-contract.md, section 11). */
package org.kohakuhub.web.attachment;
