/** How refusals and defects become answers that huggingface_hub, git and git-lfs understand. */
package org.kohakuhub.web.error;
