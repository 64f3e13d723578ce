package org.kohakuhub.version.git;

import java.util.Arrays;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What the objects of one pack lead to. If all of that is in the pack itself, as with the first push to a repository, no
 * object can be missing, and nobody has to walk through the history to know it. For several threads.
 */
final class PackLinks {
    /** Above this many links the walk is taken: what is kept here must not grow with the pack. */
    private static final int MOST = 8_000_000;

    /** A path that is too long however it goes on; sums of it and a name still are numbers. */
    private static final int FAR = Integer.MAX_VALUE / 4;

    private static final int ID = Constants.OBJECT_ID_LENGTH;

    private final IdNumbers ids = new IdNumbers();
    private final byte[] raw = new byte[ID];
    private boolean[] came = new boolean[1 << 11];
    private int[] longest = new int[1 << 11];
    private int[] folders = new int[1 << 11];
    private int[] subfolders = new int[1 << 11];
    private int[] names = new int[1 << 11];
    private int links;
    private boolean tooMany;

    /** A file came. */
    synchronized void add(AnyObjectId id) {
        came(id);
    }

    /** A commit, a folder or a tag came, and it is well formed. */
    synchronized void add(AnyObjectId id, int type, byte[] data) {
        int number = came(id);
        switch (type) {
            case Constants.OBJ_TREE -> tree(number, data);
            case Constants.OBJ_COMMIT -> {
                int line = hex(data, "tree ".length());
                while (startsWithParent(data, line)) {
                    line = hex(data, line + "parent ".length());
                }
            }
            default -> hex(data, "object ".length());
        }
    }

    /**
     * Whether all these and all they lead to came, on paths of less than {@code longestPath} bytes.
     */
    synchronized boolean areWhole(Iterable<? extends AnyObjectId> tips, int longestPath) {
        for (AnyObjectId tip : tips) {
            tip.copyRawTo(raw, 0);
            seen(raw, 0);
        }
        if (tooMany) {
            return false;
        }
        for (int number = 0; number < ids.count(); number++) {
            if (!came[number]) {
                return false;
            }
        }
        return longestPath() < longestPath;
    }

    private int came(AnyObjectId id) {
        id.copyRawTo(raw, 0);
        int number = seen(raw, 0);
        came[number] = true;
        return number;
    }

    private int seen(byte[] bytes, int offset) {
        int number = ids.number(bytes, offset);
        if (number == came.length) {
            came = Arrays.copyOf(came, number * 2);
            longest = Arrays.copyOf(longest, number * 2);
        }
        return number;
    }

    /** Sees the id written in hex there; gives the begin of the next line. */
    private int hex(byte[] data, int offset) {
        ObjectId.fromString(data, offset).copyRawTo(raw, 0);
        seen(raw, 0);
        return offset + Constants.OBJECT_ID_STRING_LENGTH + 1;
    }

    private static boolean startsWithParent(byte[] data, int offset) {
        return offset + 1 < data.length && data[offset] == 'p' && data[offset + 1] == 'a';
    }

    /** Entries are a mode in octal, a space, a name, a NUL and an id (gitformat-pack(5) calls the format "tree"). */
    private void tree(int folder, byte[] data) {
        for (int at = 0; at < data.length; ) {
            int mode = 0;
            for (; data[at] != ' '; at++) {
                mode = (mode << 3) + data[at] - '0';
            }
            int name = ++at;
            while (data[at] != 0) {
                at++;
            }
            int length = at - name;
            if (!FileMode.GITLINK.equals(mode)) { // whose commit is another repository's
                int entry = seen(data, at + 1);
                if (FileMode.TREE.equals(mode)) {
                    link(folder, entry, length);
                } else {
                    longest[folder] = Math.max(longest[folder], length);
                }
            }
            at += 1 + ID;
        }
    }

    private void link(int folder, int subfolder, int name) {
        if (links == MOST) {
            tooMany = true;
            return;
        }
        if (links == folders.length) {
            folders = Arrays.copyOf(folders, links * 2);
            subfolders = Arrays.copyOf(subfolders, links * 2);
            names = Arrays.copyOf(names, links * 2);
        }
        folders[links] = folder;
        subfolders[links] = subfolder;
        names[links++] = name;
    }

    /** Each folder after all that hold it (Kahn's order), so that the longest way to it is known by then. */
    private int longestPath() {
        int count = ids.count();
        int[] first = new int[count + 1];
        int[] holders = new int[count];
        for (int i = 0; i < links; i++) {
            first[folders[i] + 1]++;
            holders[subfolders[i]]++;
        }
        for (int i = 0; i < count; i++) {
            first[i + 1] += first[i];
        }
        int[] sorted = new int[links];
        int[] next = Arrays.copyOf(first, count);
        for (int i = 0; i < links; i++) {
            sorted[next[folders[i]]++] = i;
        }
        int[] way = new int[count];
        int[] ready = new int[count];
        int end = 0;
        for (int i = 0; i < count; i++) {
            if (holders[i] == 0) {
                ready[end++] = i;
            }
        }
        int longestPath = 0;
        for (int i = 0; i < end; i++) {
            int folder = ready[i];
            longestPath = Math.max(longestPath, way[folder] + longest[folder]);
            for (int j = first[folder]; j < first[folder + 1]; j++) {
                int link = sorted[j];
                int subfolder = subfolders[link];
                int length = Math.min(FAR, way[folder] + names[link] + 1);
                way[subfolder] = Math.max(way[subfolder], length);
                if (--holders[subfolder] == 0) {
                    ready[end++] = subfolder;
                }
            }
        }
        return longestPath;
    }
}
