package org.kohakuhub.version.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.internal.storage.pack.BinaryDelta;
import org.eclipse.jgit.lib.BlobObjectChecker;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Goes through a pack while it arrives (gitformat-pack(5)): keeps its bytes, finds where each object begins, and hands on
 * what is stored whole. Deltas are only unpacked; that their bases may still come makes them a matter for later.
 */
final class PackScan {
    static final int HEADER = 12;
    static final int TRAILER = 20;

    /** A larger object is not given to several threads: each may hold a chain of them. */
    static final int LARGEST = 16 << 20;

    /** A file up to this size is handed on whole, a larger one is hashed as it comes. */
    private static final int LARGEST_BLOB = 1 << 20;

    /** Unpacked deltas are kept up to so many bytes; others are unpacked a second time when they are needed. */
    private static final long MOST_DELTAS = 48L << 20;

    private final InputStream in;
    private final PackOutput out;
    private final PackEntries entries;
    private final Whole whole;
    private final long largestObject;
    private final MessageDigest digest = Constants.newMessageDigest();
    private final CRC32 checksum = new CRC32();
    private final Inflater inflater = new Inflater();
    private final byte[] buffer = new byte[64 << 10];
    private final byte[] spare = new byte[64 << 10];
    private int from;
    private int to;
    private int kept;
    private long base;
    private long deltaBytes;
    private long length;
    private byte[] packChecksum = {};

    /** Whether the inflater holds what is in the buffer. */
    private boolean fed;

    /** Takes objects that are stored whole. */
    interface Whole {
        void take(int number, int type, byte[] data) throws IOException, UnfitPackException;

        /** For a file that is read in steps. */
        ArrivalInspector inspector();
    }

    PackScan(InputStream in, PackOutput out, PackEntries entries, Whole whole, long largestObject) {
        this.in = in;
        this.out = out;
        this.entries = entries;
        this.whole = whole;
        this.largestObject = largestObject;
    }

    /**
     * Reads to the end of the pack.
     *
     * @throws UnfitPackException if an object that is, or makes, a delta is too large; all bytes are kept nevertheless
     */
    void read(long objects) throws IOException, UnfitPackException {
        try {
            need(HEADER);
            consume(HEADER);
            for (long i = 0; i < objects; i++) {
                object();
            }
            trailer();
        } catch (UnfitPackException large) {
            keepRest();
            throw large;
        } catch (DataFormatException e) {
            throw new CorruptObjectException("The pack is damaged: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    /** How many bytes of the pack were kept, without {@link #checksum}. */
    long length() {
        return length;
    }

    /**
     * The pack's checksum, as it came and as it is. It is not kept, as more objects may have to be added before it; none if
     * the pack was not read to its end.
     */
    byte[] checksum() {
        return packChecksum;
    }

    private void keepRest() throws IOException {
        keep(to);
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            length += n;
        }
    }

    private void object() throws IOException, DataFormatException, UnfitPackException {
        long position = base + from;
        checksum.reset();
        int number = entries.add(position);
        int c = next();
        int type = (c >> 4) & 7;
        long size = c & 15;
        for (int shift = 4; (c & 0x80) != 0; shift += 7) {
            c = next();
            size |= shift > 56 ? 0 : (long) (c & 0x7f) << shift;
        }
        if (size < 0 || size > largestObject) {
            throw new TooLargeObjectInPackException(size, largestObject);
        }
        switch (type) {
            case Constants.OBJ_COMMIT, Constants.OBJ_TREE, Constants.OBJ_TAG, Constants.OBJ_BLOB ->
                whole(number, type, size);
            case Constants.OBJ_OFS_DELTA -> {
                int on = entries.at(position - distance());
                if (on < 0) {
                    throw new CorruptObjectException("The pack is damaged: no object where a delta's base should be");
                }
                delta(number, size);
                entries.buildsOn(number, on);
            }
            case Constants.OBJ_REF_DELTA -> {
                need(Constants.OBJECT_ID_LENGTH);
                ObjectId on = ObjectId.fromRaw(buffer, from);
                consume(Constants.OBJECT_ID_LENGTH);
                delta(number, size);
                entries.buildsOn(number, on);
            }
            default -> throw new IOException("Unknown object type " + type + '.');
        }
    }

    private void whole(int number, int type, long size) throws IOException, DataFormatException, UnfitPackException {
        if (type == Constants.OBJ_BLOB && size > LARGEST_BLOB) {
            ArrivalInspector inspector = whole.inspector();
            BlobObjectChecker blob = inspector.beginBlob(size);
            for (long left = size; left > 0; ) {
                int n = inflate(spare, (int) Math.min(spare.length, left));
                inspector.update(blob, spare, n);
                left -= n;
            }
            endOfData();
            entries.describe(number, size, (int) checksum.getValue(), base + from);
            entries.isFound(number, inspector.endBlob(blob), type);
        } else if (size > LARGEST) {
            throw new UnfitPackException();
        } else {
            byte[] data = inflated((int) size);
            entries.describe(number, size, (int) checksum.getValue(), base + from);
            whole.take(number, type, data);
        }
    }

    private void delta(int number, long size) throws IOException, DataFormatException, UnfitPackException {
        if (size > LARGEST) {
            throw new UnfitPackException();
        }
        byte[] delta = inflated((int) size);
        long result;
        try {
            result = BinaryDelta.getResultSize(delta);
            if (BinaryDelta.getBaseSize(delta) > LARGEST || result > LARGEST || result < 0) {
                throw new UnfitPackException();
            }
        } catch (IndexOutOfBoundsException e) {
            throw new CorruptObjectException("The pack is damaged: a delta ends within its head");
        }
        deltaBytes += size;
        entries.describe(number, result, (int) checksum.getValue(), base + from);
        entries.isDelta(number, deltaBytes > MOST_DELTAS ? null : delta);
    }

    /** How far before a delta its base begins. */
    private long distance() throws IOException {
        int c = next();
        long distance = c & 127;
        while ((c & 128) != 0) {
            c = next();
            distance = ((distance + 1) << 7) + (c & 127);
        }
        return distance;
    }

    private void trailer() throws IOException {
        keep(from);
        byte[] actual = digest.digest();
        need(TRAILER);
        byte[] said = Arrays.copyOfRange(buffer, from, from + TRAILER);
        from += TRAILER;
        if (from < to || in.read() >= 0) {
            throw new CorruptObjectException("The pack is followed by something else");
        }
        if (!MessageDigest.isEqual(actual, said)) {
            throw new CorruptObjectException("The pack is damaged: its checksum is incorrect");
        }
        packChecksum = said;
    }

    private byte[] inflated(int size) throws IOException, DataFormatException {
        byte[] data = new byte[size];
        for (int n = 0; n < size; ) {
            n += inflate(data, n, size - n);
        }
        endOfData();
        return data;
    }

    private int inflate(byte[] data, int length) throws IOException, DataFormatException {
        return inflate(data, 0, length);
    }

    /** At least one byte. */
    private int inflate(byte[] data, int offset, int length) throws IOException, DataFormatException {
        while (true) {
            int n = inflater.inflate(data, offset, length);
            if (n > 0) {
                return n;
            }
            if (inflater.finished() || inflater.needsDictionary()) {
                throw new DataFormatException("an object is shorter than it says");
            }
            feed();
        }
    }

    private void endOfData() throws IOException, DataFormatException {
        while (!inflater.finished()) {
            if (inflater.inflate(spare, 0, 1) > 0) {
                throw new DataFormatException("an object is longer than it says");
            }
            if (!inflater.finished()) {
                feed();
            }
        }
        consume(to - from - inflater.getRemaining());
        inflater.reset();
    }

    private void feed() throws IOException, DataFormatException {
        if (inflater.getRemaining() > 0) {
            throw new DataFormatException("an object cannot be unpacked");
        }
        if (fed) {
            consume(to - from);
        }
        need(1);
        inflater.setInput(buffer, from, to - from);
        fed = true;
    }

    private int next() throws IOException {
        need(1);
        int c = buffer[from] & 0xff;
        consume(1);
        return c;
    }

    private void consume(int n) {
        checksum.update(buffer, from, n);
        from += n;
        fed = false;
    }

    /** Makes sure that so many bytes lie in the buffer. */
    private void need(int n) throws IOException {
        if (to - from >= n) {
            return;
        }
        keep(from);
        System.arraycopy(buffer, from, buffer, 0, to - from);
        base += from;
        to -= from;
        from = 0;
        kept = 0;
        while (to < n) {
            int read = in.read(buffer, to, buffer.length - to);
            if (read < 0) {
                throw new EOFException("The pack ends too early");
            }
            to += read;
        }
    }

    /** Writes what is before {@code end} in the buffer and was not written yet. */
    private void keep(int end) throws IOException {
        digest.update(buffer, kept, end - kept);
        out.write(buffer, kept, end - kept);
        length += end - kept;
        kept = end;
    }
}
