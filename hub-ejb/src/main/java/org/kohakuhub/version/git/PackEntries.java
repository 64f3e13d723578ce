package org.kohakuhub.version.git;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PackedObjectInfo;

/**
 * The objects of one pack in the order of their places in it, by number. Numbers and places are written by the one thread
 * that reads the pack; what an object is, is written by one other, which was told of it afterwards.
 */
final class PackEntries {
    private static final int NONE = -1;

    /** Room is made as objects come, for a pack can promise more than it has, and where it is, as others write there. */
    private static final int BITS = 14;

    private static final int IN_SHELF = (1 << BITS) - 1;

    private final Shelf[] shelves;
    private final BitSet deltas = new BitSet();

    /** Of objects that are named by id, not by their place: those that build on them, by number. */
    private final Map<ObjectId, Integer> waiting = new ConcurrentHashMap<>();

    private int count;
    private long end;

    private static final class Shelf {
        private final PackedObjectInfo[] found = new PackedObjectInfo[1 << BITS];
        private final long[] offsets = new long[1 << BITS];
        private final long[] sizes = new long[1 << BITS];
        private final int[] checksums = new int[1 << BITS];
        private final int[] firstChild = filled();
        private final int[] sibling = filled();
        private final byte[][] deltas = new byte[1 << BITS][];

        private static int[] filled() {
            int[] numbers = new int[1 << BITS];
            Arrays.fill(numbers, NONE);
            return numbers;
        }
    }

    PackEntries(int most) {
        shelves = new Shelf[(most >>> BITS) + 1];
    }

    private Shelf shelf(int number) {
        return shelves[number >>> BITS];
    }

    /** Takes in the next object. Gives its number. */
    int add(long offset) {
        if ((count & IN_SHELF) == 0) {
            shelves[count >>> BITS] = new Shelf();
        }
        shelf(count).offsets[count & IN_SHELF] = offset;
        return count++;
    }

    /** @param size of the object in bytes when it is unpacked, whether it is a delta or not */
    void describe(int number, long size, int checksum, long nextOffset) {
        Shelf shelf = shelf(number);
        shelf.sizes[number & IN_SHELF] = size;
        shelf.checksums[number & IN_SHELF] = checksum;
        end = nextOffset;
    }

    /** @param delta unpacked, or null to read it again */
    void isDelta(int number, byte[] delta) {
        shelf(number).deltas[number & IN_SHELF] = delta;
        deltas.set(number);
    }

    boolean isDelta(int number) {
        return deltas.get(number);
    }

    void buildsOn(int number, int base) {
        shelf(number).sibling[number & IN_SHELF] = firstOn(base);
        shelf(base).firstChild[base & IN_SHELF] = number;
    }

    void buildsOn(int number, ObjectId base) {
        Integer other = waiting.put(base, number);
        shelf(number).sibling[number & IN_SHELF] = other == null ? NONE : other;
    }

    /** The number of the object that begins there, or -1. */
    int at(long offset) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long found = offset(middle);
            if (found == offset) {
                return middle;
            }
            if (found < offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return NONE;
    }

    /** An object's first delta, or -1. */
    int firstOn(int number) {
        return shelf(number).firstChild[number & IN_SHELF];
    }

    /** The next delta on the same object, or -1. */
    int next(int number) {
        return shelf(number).sibling[number & IN_SHELF];
    }

    /** The first of the deltas that wait for this id, or -1; they are given once. */
    int takeWaiting(AnyObjectId id) {
        if (waiting.isEmpty()) {
            return NONE;
        }
        Integer first = waiting.remove(id.toObjectId());
        return first == null ? NONE : first;
    }

    /** Which objects are named as a base and did not come. */
    Map<ObjectId, Integer> waiting() {
        return waiting;
    }

    void isFound(int number, AnyObjectId id, int type) {
        PackedObjectInfo info = new PackedObjectInfo(id);
        info.setOffset(offset(number));
        info.setCRC(checksum(number));
        info.setType(type);
        info.setFullSize(size(number));
        shelf(number).found[number & IN_SHELF] = info;
    }

    boolean isFound(int number) {
        return info(number) != null;
    }

    PackedObjectInfo info(int number) {
        return shelf(number).found[number & IN_SHELF];
    }

    byte[] takeDelta(int number) {
        byte[][] kept = shelf(number).deltas;
        byte[] delta = kept[number & IN_SHELF];
        kept[number & IN_SHELF] = null;
        return delta;
    }

    long offset(int number) {
        return shelf(number).offsets[number & IN_SHELF];
    }

    /** How many bytes of the pack the object takes. */
    int packedLength(int number) {
        long next = number + 1 < count ? offset(number + 1) : end;
        return Math.toIntExact(next - offset(number));
    }

    long size(int number) {
        return shelf(number).sizes[number & IN_SHELF];
    }

    int checksum(int number) {
        return shelf(number).checksums[number & IN_SHELF];
    }

    int count() {
        return count;
    }

    int deltaCount() {
        return deltas.cardinality();
    }

    /** All of them, sorted by id. */
    PackedObjectInfo[] sorted() {
        PackedObjectInfo[] all = new PackedObjectInfo[count];
        for (int from = 0; from < count; from += 1 << BITS) {
            System.arraycopy(shelf(from).found, 0, all, from, Math.min(1 << BITS, count - from));
        }
        Arrays.parallelSort(all);
        return all;
    }
}
