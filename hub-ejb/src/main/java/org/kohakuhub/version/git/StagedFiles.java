package org.kohakuhub.version.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase.PackSource;
import org.eclipse.jgit.internal.storage.dfs.DfsPackDescription;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.eclipse.jgit.util.NB;

/** The files of a pack that arrives, until it is staged with its index. */
final class StagedFiles {
    /** Where a pack says how many objects it holds (gitformat-pack(5)). */
    private static final int COUNT = 8;

    private static final int INDEX_VERSION = 2;

    private final SqlObjDatabase database;
    private final DfsPackDescription description;
    private final PackOutput pack;
    private final List<PackedObjectInfo> added = new ArrayList<>();

    StagedFiles(SqlObjDatabase database) throws IOException {
        this.database = database;
        description = database.newPack(PackSource.RECEIVE);
        pack = (PackOutput) database.writeFile(description, PackExt.PACK);
    }

    PackOutput pack() {
        return pack;
    }

    /** Adds an object of the repository that the pack's deltas build on: a stored pack must stand alone. */
    void add(AnyObjectId id, int type, byte[] data) throws IOException {
        PackedObjectInfo info = new PackedObjectInfo(id);
        info.setOffset(pack.size());
        info.setType(type);
        info.setFullSize(data.length);
        CRC32 checksum = new CRC32();
        write(head(type, data.length), checksum);
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(data);
            deflater.finish();
            byte[] buffer = new byte[8 << 10];
            while (!deflater.finished()) {
                write(Arrays.copyOf(buffer, deflater.deflate(buffer)), checksum);
            }
        } finally {
            deflater.end();
        }
        info.setCRC((int) checksum.getValue());
        added.add(info);
    }

    private void write(byte[] bytes, CRC32 checksum) throws IOException {
        checksum.update(bytes);
        pack.write(bytes, 0, bytes.length);
    }

    private static byte[] head(int type, int size) {
        byte[] head = new byte[6];
        int n = 0;
        int rest = size >>> 4;
        head[n] = (byte) (type << 4 | size & 15);
        while (rest != 0) {
            head[n++] |= (byte) 0x80;
            head[n] = (byte) (rest & 0x7f);
            rest >>>= 7;
        }
        return Arrays.copyOf(head, n + 1);
    }

    /**
     * Completes pack and index, and shows them to whoever reads by this repository.
     *
     * @param checksum of the pack as it came
     */
    void stage(PackEntries entries, byte[] checksum) throws IOException {
        PackedObjectInfo[] objects = entries.sorted();
        byte[] trailer = checksum;
        if (!added.isEmpty()) {
            int came = objects.length;
            objects = Arrays.copyOf(objects, came + added.size());
            for (int i = 0; i < added.size(); i++) {
                objects[came + i] = added.get(i);
            }
            Arrays.sort(objects);
            byte[] count = new byte[Integer.BYTES];
            NB.encodeInt32(count, 0, objects.length);
            pack.overwrite(COUNT, count);
            trailer = digest();
        }
        pack.write(trailer, 0, trailer.length);
        description.addFileExt(PackExt.PACK);
        description.setFileSize(PackExt.PACK, pack.size());
        description.setBlockSize(PackExt.PACK, pack.blockSize());
        description.setObjectCount(objects.length).setDeltaCount(entries.deltaCount());
        database.getPackIndexWriter(description, INDEX_VERSION).write(Arrays.asList(objects), trailer);
        database.commitPackImpl(List.of(description), null);
        database.rescan();
    }

    private byte[] digest() throws IOException {
        MessageDigest digest = Constants.newMessageDigest();
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        long position = 0;
        while (position < pack.size()) {
            position += pack.read(position, buffer.clear());
            digest.update(buffer.flip());
        }
        return digest.digest();
    }

    /** Forgets all of it. */
    void discard() {
        database.rollbackPack(List.of(description));
    }
}
