/** Webhooks, as huggingface_hub's {@code HfApi} asks for them. */
package org.kohakuhub.web.webhook;
