package org.kohakuhub.commit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Sha256;

/** A commit request as a test writes it. */
final class Lines implements CommitRequest {
    private final CommitHeader header;
    private final Deque<Supplier<CommitOperation>> operations = new ArrayDeque<>();
    boolean touched;

    Lines(String parentCommit) {
        header = new CommitHeader("a title", "a description", Optional.ofNullable(parentCommit));
    }

    Lines() {
        this(null);
    }

    Lines file(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return with(new CommitOperation.AddFile(new FilePath(path), new InlineContent() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        }));
    }

    Lines lfs(String path, Sha256 oid, long size) {
        return with(new CommitOperation.AddLfsFile(
                new FilePath(path), oid, size < 0 ? OptionalLong.empty() : OptionalLong.of(size)));
    }

    Lines delete(String path) {
        return with(new CommitOperation.DeleteFile(new FilePath(path)));
    }

    Lines deleteFolder(String path) {
        return with(new CommitOperation.DeleteFolder(new FilePath(path)));
    }

    Lines copy(String source, String revision, String path) {
        return with(new CommitOperation.CopyFile(
                new FilePath(path),
                new FilePath(source),
                Optional.ofNullable(revision).map(Revision::parse)));
    }

    Lines breakingOff(RuntimeException how) {
        operations.add(() -> {
            throw how;
        });
        return this;
    }

    private Lines with(CommitOperation operation) {
        operations.add(() -> operation);
        return this;
    }

    @Override
    public CommitHeader header() {
        touched = true;
        return header;
    }

    @Override
    public Optional<CommitOperation> next() {
        return Optional.ofNullable(operations.poll()).map(Supplier::get);
    }
}
