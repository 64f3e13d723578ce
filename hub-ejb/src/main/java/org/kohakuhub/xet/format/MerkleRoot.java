package org.kohakuhub.xet.format;

import java.util.ArrayList;
import java.util.List;
import org.kohakuhub.common.XetHash;

/**
 * The root of the tree over a list of hashes and lengths (4.2), built while the list goes by: in memory are at most
 * nine entries a level. Not for several threads.
 */
public final class MerkleRoot {
    private static final int WIDEST = 9;
    private static final int NARROWEST = 3;
    private static final int CUT = 4;

    private final List<Level> levels = new ArrayList<>();

    /** Appends an entry. */
    public void add(XetHash hash, long length) {
        add(0, new Entry(hash, length));
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return levels.isEmpty();
    }

    /**
     * The root of all that was added; nothing may be added afterwards.
     *
     * @throws IllegalStateException if that is nothing
     */
    public XetHash finish() {
        if (isEmpty()) {
            throw new IllegalStateException("An empty list has no root");
        }
        int height = 0;
        while (levels.get(height).total > 1) {
            closeGroup(height); // also a lone last entry is hashed again
            height++;
        }
        return levels.get(height).pending.get(0).hash();
    }

    private void add(int height, Entry entry) {
        if (height == levels.size()) {
            levels.add(new Level());
        }
        Level level = levels.get(height);
        level.pending.add(entry);
        level.total++;
        int size = level.pending.size();
        if (size == WIDEST || size >= NARROWEST && entry.hash().modulo(CUT) == 0) {
            closeGroup(height);
        }
    }

    /** Makes what is pending one entry of the level above; nothing is where the level ended with a whole group. */
    private void closeGroup(int height) {
        List<Entry> group = levels.get(height).pending;
        if (group.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        long length = 0;
        for (Entry entry : group) {
            entry.hash().appendTo(text);
            text.append(" : ").append(entry.length()).append('\n');
            length += entry.length();
        }
        group.clear();
        add(height + 1, new Entry(XetHashing.node(text), length));
    }

    private record Entry(XetHash hash, long length) {}

    private static final class Level {
        private final List<Entry> pending = new ArrayList<>(WIDEST);
        private long total;
    }
}
