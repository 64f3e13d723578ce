package org.kohakuhub.version;

import org.kohakuhub.common.GitOid;

/**
 * One branch or tag.
 *
 * @param name the whole ref, {@code refs/heads/main}
 * @param commit the commit that it leads to (through an annotated tag)
 */
public record RefRecord(String name, GitOid commit) {}
