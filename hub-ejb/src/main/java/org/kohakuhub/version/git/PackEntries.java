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
 * that reads the pack; afterwards each object is found by one thread.
 */
final class PackEntries {
    private static final int NONE = -1;

    private final PackedObjectInfo[] found;
    private final long[] offsets;
    private final long[] sizes;
    private final int[] checksums;
    private final int[] firstChild;
    private final int[] sibling;
    private final byte[][] deltas;
    private final BitSet areDeltas = new BitSet();

    /** Of objects that are named by id, not by their place: those that build on them, by number. */
    private final Map<ObjectId, Integer> waiting = new ConcurrentHashMap<>();

    private int count;
    private long end;

    PackEntries(int most) {
        found = new PackedObjectInfo[most];
        offsets = new long[most];
        sizes = new long[most];
        checksums = new int[most];
        firstChild = new int[most];
        sibling = new int[most];
        deltas = new byte[most][];
        Arrays.fill(firstChild, NONE);
        Arrays.fill(sibling, NONE);
    }

    /** Takes in the next object. Gives its number. */
    int add(long offset) {
        offsets[count] = offset;
        return count++;
    }

    /** @param size of the object in bytes when it is unpacked, whether it is a delta or not */
    void describe(int number, long size, int checksum, long nextOffset) {
        sizes[number] = size;
        checksums[number] = checksum;
        end = nextOffset;
    }

    /** @param delta unpacked, or null to read it again */
    void isDelta(int number, byte[] delta) {
        deltas[number] = delta;
        areDeltas.set(number);
    }

    boolean isDelta(int number) {
        return areDeltas.get(number);
    }

    void buildsOn(int number, int base) {
        sibling[number] = firstChild[base];
        firstChild[base] = number;
    }

    void buildsOn(int number, ObjectId base) {
        Integer other = waiting.put(base, number);
        sibling[number] = other == null ? NONE : other;
    }

    /** The number of the object that begins there, or -1. */
    int at(long offset) {
        int number = Arrays.binarySearch(offsets, 0, count, offset);
        return Math.max(number, NONE);
    }

    /** An object's first delta, or -1. */
    int firstOn(int number) {
        return firstChild[number];
    }

    /** The next delta on the same object, or -1. */
    int next(int number) {
        return sibling[number];
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
        info.setOffset(offsets[number]);
        info.setCRC(checksums[number]);
        info.setType(type);
        info.setFullSize(sizes[number]);
        found[number] = info;
    }

    boolean isFound(int number) {
        return found[number] != null;
    }

    PackedObjectInfo info(int number) {
        return found[number];
    }

    byte[] takeDelta(int number) {
        byte[] delta = deltas[number];
        deltas[number] = null;
        return delta;
    }

    long offset(int number) {
        return offsets[number];
    }

    /** How many bytes of the pack the object takes. */
    int packedLength(int number) {
        long next = number + 1 < count ? offsets[number + 1] : end;
        return Math.toIntExact(next - offsets[number]);
    }

    long size(int number) {
        return sizes[number];
    }

    int checksum(int number) {
        return checksums[number];
    }

    int count() {
        return count;
    }

    int deltaCount() {
        return areDeltas.cardinality();
    }

    /** All of them, sorted by id. */
    PackedObjectInfo[] sorted() {
        PackedObjectInfo[] all = Arrays.copyOf(found, count);
        Arrays.parallelSort(all);
        return all;
    }
}
