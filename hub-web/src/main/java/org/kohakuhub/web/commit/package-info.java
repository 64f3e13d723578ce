/** Uploads over HTTP: {@code preupload} and {@code commit} of huggingface_hub's API. */
package org.kohakuhub.web.commit;
