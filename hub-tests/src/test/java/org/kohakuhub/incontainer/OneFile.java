package org.kohakuhub.incontainer;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.kohakuhub.commit.CommitHeader;
import org.kohakuhub.commit.CommitOperation;
import org.kohakuhub.commit.CommitRequest;
import org.kohakuhub.commit.InlineContent;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;

/** A commit request that puts one file, whose content is its path. */
final class OneFile implements CommitRequest {
    private final String path;
    private final Optional<GitOid> parent;
    private boolean given;

    private OneFile(String path, Optional<GitOid> parent) {
        this.path = path;
        this.parent = parent;
    }

    /** On whatever the branch's head is. */
    static OneFile at(String path) {
        return new OneFile(path, Optional.empty());
    }

    /** On this head and no other. */
    OneFile on(GitOid head) {
        return new OneFile(path, Optional.of(head));
    }

    @Override
    public CommitHeader header() {
        return new CommitHeader("Add " + path, "", parent.map(GitOid::hex));
    }

    @Override
    public Optional<CommitOperation> next() {
        if (given) {
            return Optional.empty();
        }
        given = true;
        return Optional.of(
                new CommitOperation.AddFile(new FilePath(path), new Text(path.getBytes(StandardCharsets.UTF_8))));
    }

    private record Text(byte[] bytes) implements InlineContent {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
