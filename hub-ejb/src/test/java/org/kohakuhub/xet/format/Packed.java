package org.kohakuhub.xet.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.xet.format.ShardBytes.ProvenTerm;

/** A xorb of the chunks of one content, as a client makes it. */
public record Packed(VerifiedXorb xorb, byte[] body, byte[] content) {
    /** Cuts and packs a content, which must fit into one xorb. */
    public static Packed of(byte[] content) {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            XorbWriter writer = new XorbWriter(body);
            for (byte[] chunk : ShardBytes.chunks(content)) {
                writer.add(XetHashing.chunk(chunk, 0, chunk.length), chunk);
            }
            return new Packed(writer.finish(), body.toByteArray(), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hash of all of it as one file. */
    public XetHash file() {
        return ShardBytes.fileHash(List.of(xorb), List.of(ProvenTerm.all(xorb)));
    }

    /** What git-lfs calls the content. */
    public Sha256 sha256() {
        try {
            return Sha256.of(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The shard that says so. */
    public byte[] shard() {
        return new ShardBytes()
                .file(file(), sha256(), ProvenTerm.all(xorb))
                .xorb(xorb)
                .bytes();
    }
}
