package org.kohakuhub.version.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import org.eclipse.jgit.util.NB;

/** The bytes of one pack as they come from a client; another reader can be shown them again from where they were kept. */
final class PackInput extends InputStream {
    private static final int SIGNATURE = 0x5041434b;
    private static final int HEADER = 12;

    private InputStream current;

    PackInput(InputStream in) {
        current = in;
    }

    /** How many objects the pack's header promises, without reading over it; -1 if this is no pack (gitformat-pack(5)). */
    long promisedObjects() throws IOException {
        byte[] head = current.readNBytes(HEADER);
        current = new SequenceInputStream(new ByteArrayInputStream(head), current);
        if (head.length < HEADER || NB.decodeInt32(head, 0) != SIGNATURE) {
            return -1;
        }
        int version = NB.decodeInt32(head, 4);
        return version == 2 || version == 3 ? NB.decodeUInt32(head, 8) : -1;
    }

    /** Begins anew: with the first bytes of what was kept of it, then with the rest. */
    void replay(PackOutput kept, long length, byte[] rest) {
        current = new SequenceInputStream(reading(kept, length), new ByteArrayInputStream(rest));
    }

    private static InputStream reading(PackOutput kept, long length) {
        return new InputStream() {
            private long position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int wanted) throws IOException {
                int most = (int) Math.min(wanted, length - position);
                if (most <= 0) {
                    return wanted == 0 ? 0 : -1;
                }
                int n = kept.read(position, ByteBuffer.wrap(to, offset, most));
                position += Math.max(n, 0);
                return n;
            }
        };
    }

    @Override
    public int read() throws IOException {
        return current.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        return current.read(to, offset, length);
    }
}
