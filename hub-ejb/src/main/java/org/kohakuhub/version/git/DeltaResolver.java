package org.kohakuhub.version.git;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.internal.storage.pack.BinaryDelta;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;

/**
 * Makes the objects that a pack holds as deltas, from a whole one down to the last that builds on it, and has them
 * inspected. For one thread; others do the same for other whole objects of the pack.
 */
final class DeltaResolver implements AutoCloseable {
    /** What is held on the way from a whole object to its farthest delta. More is JGit's matter. */
    private static final long MOST_HELD = 64L << 20;

    private static final int NONE = -1;

    private final PackEntries entries;
    private final PackOutput pack;
    private final ArrivalInspector inspector;
    private final Inflater inflater = new Inflater();
    private final CRC32 checksum = new CRC32();
    private final Deque<Step> way = new ArrayDeque<>();
    private long held;
    private int made;

    DeltaResolver(PackEntries entries, PackOutput pack, ArrivalInspector inspector) {
        this.entries = entries;
        this.pack = pack;
        this.inspector = inspector;
    }

    /** An object whose deltas are being made: those by its place in the pack, then those by its name. */
    private static final class Step {
        private final byte[] data;
        private int child;
        private int named;

        Step(byte[] data, int child, int named) {
            this.data = data;
            this.child = child;
            this.named = named;
        }

        boolean isDone() {
            return child == NONE && named == NONE;
        }
    }

    /** Makes all that builds on a whole object of the pack. */
    void resolve(int root) throws IOException, UnfitPackException {
        AnyObjectId id = entries.info(root);
        int child = entries.firstOn(root);
        int named = entries.takeWaiting(id);
        if (child == NONE && named == NONE) {
            return;
        }
        if (entries.size(root) > PackScan.LARGEST) {
            throw new UnfitPackException();
        }
        resolve(entries.info(root).getType(), new Step(unpack(root), child, named));
    }

    /** Makes all that builds on an object which is not in the pack. */
    void resolve(AnyObjectId base, int type, byte[] data) throws IOException, UnfitPackException {
        int named = entries.takeWaiting(base);
        if (named != NONE) {
            resolve(type, new Step(data, NONE, named));
        }
    }

    /** How many objects were made. */
    int made() {
        return made;
    }

    private void resolve(int type, Step first) throws IOException, UnfitPackException {
        push(first);
        while (!way.isEmpty()) {
            Step step = way.peek();
            int number = step.child == NONE ? step.named : step.child;
            if (step.child == NONE) {
                step.named = entries.next(number);
            } else {
                step.child = entries.next(number);
            }
            if (step.isDone()) {
                way.pop();
                held -= step.data.length;
            }
            byte[] data = apply(step.data, number);
            AnyObjectId id = inspector.inspect(type, data);
            entries.isFound(number, id, type);
            made++;
            Step next = new Step(data, entries.firstOn(number), entries.takeWaiting(id));
            if (!next.isDone()) {
                push(next);
            }
        }
    }

    private void push(Step step) throws UnfitPackException {
        way.push(step);
        held += step.data.length;
        if (held > MOST_HELD) {
            throw new UnfitPackException();
        }
    }

    private byte[] apply(byte[] base, int number) throws IOException, UnfitPackException {
        byte[] delta = entries.takeDelta(number);
        try {
            if (delta == null) {
                delta = unpack(number);
            }
            return BinaryDelta.apply(base, delta);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new CorruptObjectException("The pack is damaged: a delta does not fit its base");
        }
    }

    /** Reads again what the pack holds of an object: all of it, or a delta. */
    private byte[] unpack(int number) throws IOException {
        byte[] packed = new byte[entries.packedLength(number)];
        ByteBuffer to = ByteBuffer.wrap(packed);
        while (to.hasRemaining()) {
            if (pack.read(entries.offset(number) + to.position(), to) < 0) {
                throw new EOFException("The pack ends too early");
            }
        }
        checksum.reset();
        checksum.update(packed);
        if ((int) checksum.getValue() != entries.checksum(number)) {
            throw new IOException("The pack changed while it was read");
        }
        int at = 0;
        int type = (packed[0] >> 4) & 7;
        long size = packed[0] & 15;
        for (int shift = 4; (packed[at++] & 0x80) != 0; shift += 7) {
            size |= (long) (packed[at] & 0x7f) << shift;
        }
        if (type == Constants.OBJ_REF_DELTA) {
            at += Constants.OBJECT_ID_LENGTH;
        } else if (type == Constants.OBJ_OFS_DELTA) {
            while ((packed[at++] & 0x80) != 0) {
                continue; // the distance to its base, which is known
            }
        }
        byte[] data = new byte[(int) size];
        try {
            inflater.setInput(packed, at, packed.length - at);
            for (int n = 0; n < data.length; ) {
                int more = inflater.inflate(data, n, data.length - n);
                if (more == 0) {
                    throw new CorruptObjectException("The pack is damaged: an object is shorter than it says");
                }
                n += more;
            }
            return data;
        } catch (DataFormatException e) {
            throw new CorruptObjectException("The pack is damaged: " + e.getMessage());
        } finally {
            inflater.reset();
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
