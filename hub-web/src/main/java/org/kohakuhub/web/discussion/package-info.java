/** Discussions and pull requests, as huggingface_hub's {@code HfApi} asks for them. */
package org.kohakuhub.web.discussion;
