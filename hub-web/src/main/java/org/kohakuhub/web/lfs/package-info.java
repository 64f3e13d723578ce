/** The Git LFS batch API over HTTP, as git-lfs and huggingface_hub speak it. */
package org.kohakuhub.web.lfs;
