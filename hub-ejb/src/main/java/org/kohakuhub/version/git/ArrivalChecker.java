package org.kohakuhub.version.git;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.BlobObjectChecker;
import org.eclipse.jgit.lib.GitmoduleEntry;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.kohakuhub.version.LfsPointer;

/**
 * Checks the objects of one pack as git's fsck does, and keeps of its files and folders what the {@link ArrivalWalk} asks of
 * each: they are unpacked here anyway, and to do so once more takes as long as the whole parse. For one thread.
 */
final class ArrivalChecker extends ObjectChecker {
    /** Of more than so many the rest is read again: what is kept must not grow with the pack. */
    private static final int MOST = 1_000_000;

    private final ObjectIdOwnerMap<Seen> seen = new ObjectIdOwnerMap<>();
    private final ArrivalNames names = new ArrivalNames();
    private final Blob blob = new Blob();
    private final List<ArrivalChecker> others = Collections.synchronizedList(new ArrayList<>());
    private boolean plain = true;
    private long largest;
    private PackLinks links;

    /** What is known of a file or a folder. */
    static final class Seen extends ObjectIdOwnerMap.Entry {
        private final long size;
        private final LfsPointer pointer;

        private Seen(AnyObjectId id, long size, LfsPointer pointer) {
            super(id);
            this.size = size;
            this.pointer = pointer;
        }

        /** Of a file: its bytes. */
        long size() {
            return size;
        }

        /** Of a folder: the characters of its longest name, or as many as there can be if one is no name for a file. */
        int longestName() {
            return (int) size;
        }

        Optional<LfsPointer> pointer() {
            return Optional.ofNullable(pointer);
        }
    }

    /** Another one for another thread. What it has seen is seen by this one as well. */
    ArrivalChecker fork() {
        ArrivalChecker other = new ArrivalChecker();
        others.add(other);
        return other;
    }

    /** What was seen of this file or folder, if it came in the pack. */
    Optional<Seen> find(AnyObjectId id) {
        Seen own = seen.get(id);
        for (int i = 0; own == null && i < others.size(); i++) {
            own = others.get(i).seen.get(id);
        }
        return Optional.ofNullable(own);
    }

    @Override
    public List<GitmoduleEntry> getGitsubmodules() {
        List<GitmoduleEntry> all = new ArrayList<>(super.getGitsubmodules());
        others.forEach(other -> all.addAll(other.getGitsubmodules()));
        return all;
    }

    /** The whole pack was seen, and what its objects lead to. */
    void arrived(PackLinks leads) {
        links = leads;
    }

    /**
     * Whether these tips came with all that they lead to, and nothing in it is of interest: no pointer, no file of
     * {@code tooLong} bytes, no bad name and no path of {@code longestPath} bytes.
     */
    boolean isPlain(Iterable<? extends AnyObjectId> tips, long tooLong, int longestPath) {
        return links != null
                && Stream.concat(Stream.of(this), others.stream())
                        .allMatch(each -> each.plain && each.largest < tooLong)
                && links.areWhole(tips, longestPath);
    }

    @Override
    public void checkTree(AnyObjectId id, byte[] raw) throws CorruptObjectException {
        super.checkTree(id, raw);
        if (id == null) {
            return;
        }
        int longest = 0;
        CanonicalTreeParser entries = new CanonicalTreeParser();
        for (entries.reset(raw); !entries.eof(); entries.next(1)) {
            String name = entries.getEntryPathString();
            if (names.objection(name).isPresent()) {
                longest = Integer.MAX_VALUE;
                plain = false;
            } else {
                longest = Math.max(longest, name.length());
            }
        }
        add(id, longest, null);
    }

    @Override
    public BlobObjectChecker newBlobObjectChecker() {
        blob.size = 0;
        return blob;
    }

    private void add(AnyObjectId id, long size, LfsPointer pointer) {
        if (seen.size() < MOST && !seen.contains(id)) {
            seen.add(new Seen(id, size, pointer));
        }
    }

    /** One file after the other; keeps no more bytes than a pointer has. */
    private final class Blob implements BlobObjectChecker {
        private final byte[] head = new byte[LfsPointer.LONGEST];
        private long size;

        @Override
        public void update(byte[] bytes, int offset, int length) {
            if (size < head.length) {
                System.arraycopy(bytes, offset, head, (int) size, (int) Math.min(length, head.length - size));
            }
            size += length;
        }

        @Override
        public void endBlob(AnyObjectId id) {
            LfsPointer pointer = size <= head.length
                    ? LfsPointer.parse(Arrays.copyOf(head, (int) size)).orElse(null)
                    : null;
            plain &= pointer == null;
            largest = Math.max(largest, size);
            add(id, size, pointer);
        }
    }
}
