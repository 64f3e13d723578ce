/** Attachments: pictures, videos and sounds that people show in discussions and comments by their address. */
package org.kohakuhub.attachment;
