/**
 * Where content lives and who may use it: the S3 store, the contents that were proven to have their sha256, the grants
 * of repositories on them, and the uploads on their way.
 */
package org.kohakuhub.object;
