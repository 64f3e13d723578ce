/** Buckets, as huggingface_hub asks for them. */
package org.kohakuhub.web.bucket;
