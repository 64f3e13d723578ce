package org.kohakuhub.version;

import java.io.InputStream;
import org.kohakuhub.common.GitOid;

/**
 * One commit in the making. Blobs that it takes are kept apart until {@link #commit} publishes them; closing it without
 * that leaves nothing behind. For one thread.
 */
public interface CommitWriter extends AutoCloseable {
    /**
     * Takes one file's content.
     *
     * @param length bytes that {@code content} holds; fewer are an error
     */
    GitOid insertBlob(InputStream content, long length);

    /**
     * Applies the changes to the branch's head and moves the branch, or throws and changes nothing.
     *
     * @return the new head; the old one where the changes made no difference
     */
    GitOid commit(CommitDraft draft);

    @Override
    void close();
}
