package org.kohakuhub.contract;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.xet.format.Packed;
import org.kohakuhub.xet.format.ShardBytes;
import org.kohakuhub.xet.format.ShardBytes.ProvenTerm;
import org.kohakuhub.xet.format.VerifiedXorb;
import org.kohakuhub.xet.format.XetHashing;

/** Shards that are none, or that claim what is not so (docs/xet-protocol.md, 5.3, 5.4 and 6). */
final class BadShards {
    private static final int ENTRY = 48;
    private static final int VERSION_AT = 32;
    private static final int FLAGS_AT = ENTRY + 32;
    private static final int TERMS_AT = ENTRY + 36;
    /** Behind the header, a file of four entries, and the mark of the files' end. */
    private static final int CHUNKS_AT = 6 * ENTRY + 36;

    private BadShards() {}

    /**
     * What a shard may be about.
     *
     * @param sent a xorb that is stored and that no shard has named
     * @param absent one that was never sent
     * @param hidden a file of somebody else's private repository, chunks and all
     */
    record Material(Packed sent, Packed absent, Packed hidden) {
        ProvenTerm all() {
            return ProvenTerm.all(sent.xorb());
        }
    }

    /**
     * One of them.
     *
     * @param fragment what the message must contain
     */
    record BadShard(String name, Function<Material, byte[]> bytes, String fragment) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<BadShard> all() {
        return List.of(
                of("no body", m -> new byte[0], "ends within"),
                of("words", m -> Bytes.utf8("this is no shard, whatever its sender says of it"), "no shard"),
                of("another tag", m -> changed(m.sent().shard(), 5, 'x'), "no shard"),
                of("version 3", m -> changed(m.sent().shard(), VERSION_AT, 3), "version"),
                of("version 2^56 + 2", m -> changed(m.sent().shard(), VERSION_AT + 7, 1), "version"),
                of("2^31 terms", m -> counted(m, 0x80), "ends within"),
                of("2^31 - 2^24 terms", m -> counted(m, 0x7f), "ends within"),
                of("almost 2^32 terms", m -> counted(m, 0xff), "ends within"),
                of("2^24 chunks", m -> changed(m.sent().shard(), CHUNKS_AT + 3, 1), "chunks"),
                of("2^31 chunks", m -> changed(m.sent().shard(), CHUNKS_AT + 3, 0x80), "chunks"),
                of("8192 chunks more", m -> changed(m.sent().shard(), CHUNKS_AT + 1, 0x20), "chunks"),
                of("cut within a file", m -> Arrays.copyOf(m.sent().shard(), 3 * ENTRY - 1), "ends within"),
                of(
                        "without its end",
                        m -> Arrays.copyOf(m.sent().shard(), m.sent().shard().length - ENTRY),
                        "ends within"),
                file(
                        "no terms",
                        m -> new ShardBytes().file(m.sent().file(), m.sent().sha256()),
                        "no content"),
                file(
                        "no verification",
                        m -> new ShardBytes().file(m.sent().file(), m.sent().sha256(), false, m.all()),
                        "verification"),
                file("no sha256", m -> new ShardBytes().file(m.sent().file(), null, m.all()), "no sha256"),
                of("a flag less", m -> changed(m.sent().shard(), FLAGS_AT + 3, 0x40), "verification"),
                file(
                        "another file's hash",
                        m -> new ShardBytes().file(m.absent().file(), m.sent().sha256(), m.all()),
                        "another hash"),
                file(
                        "its chunks twice",
                        m -> new ShardBytes().file(m.sent().file(), m.sent().sha256(), m.all(), m.all()),
                        "another hash"),
                file(
                        "a guessed range hash",
                        m -> term(m, XetHashing.chunk(m.sent().content(), 0, 9)),
                        "range hash"),
                file("no range hash", m -> term(m, new XetHash(0, 0, 0, 0)), "range hash"),
                file("another part's range hash", m -> term(m, first(m).rangeHash()), "range hash"),
                file(
                        "a longer term",
                        m -> term(m, m.all().bytes() + 1, 0, m.all().end()),
                        "wrong length"),
                file("a term of 2^32 - 1 bytes", m -> term(m, -1, 0, m.all().end()), "wrong length"),
                file(
                        "a term beyond the xorb",
                        m -> term(m, m.all().bytes(), 0, m.all().end() + 1),
                        "does not have"),
                file("a term of no chunks", m -> term(m, 0, 1, 1), "does not have"),
                file("a term that runs backwards", m -> term(m, 1, 2, 1), "does not have"),
                file("a term from 2^31 on", m -> term(m, 1, Integer.MIN_VALUE, 1), "does not have"),
                file("a term up to 2^32 - 1", m -> term(m, 1, 0, -1), "does not have"),
                of("a xorb that is not stored", m -> m.absent().shard(), "not stored here"),
                file(
                        "a xorb told of that is not stored",
                        m -> right(m).xorb(m.absent().xorb()),
                        "not stored here"),
                file("a xorb told of with other chunks", m -> right(m).xorb(posing(m)), "are others"),
                file("chunks of another's, guessed", BadShards::stolen, "range hash"),
                file("chunks of another's, unverified", BadShards::stolenUnverified, "verification"),
                file("chunks of another's, proven by one's own", BadShards::stolenByOwn, "range hash"));
    }

    /** What holds in all but the sha256, which takes reading the bytes. */
    static List<BadShard> falseContents() {
        return List.of(
                file(
                        "a sha256 of nothing known",
                        m -> new ShardBytes().file(m.sent().file(), m.absent().sha256(), m.all()),
                        "does not have the sha256"),
                file(
                        "the sha256 of another's file",
                        m -> new ShardBytes().file(m.sent().file(), m.hidden().sha256(), m.all()),
                        "does not have the sha256"),
                file(
                        "a true file and a false one",
                        m -> right(m).file(ofFirst(m), m.sent().sha256(), first(m)),
                        "does not have the sha256"));
    }

    private static BadShard of(String name, Function<Material, byte[]> bytes, String fragment) {
        return new BadShard(name, bytes, fragment);
    }

    private static BadShard file(String name, Function<Material, ShardBytes> shard, String fragment) {
        return new BadShard(name, m -> shard.apply(m).bytes(), fragment);
    }

    private static ShardBytes right(Material m) {
        return new ShardBytes().file(m.sent().file(), m.sent().sha256(), m.all());
    }

    private static ShardBytes term(Material m, XetHash rangeHash) {
        ProvenTerm all = m.all();
        return new ShardBytes()
                .file(
                        m.sent().file(),
                        m.sent().sha256(),
                        new ProvenTerm(all.xorb(), all.bytes(), all.start(), all.end(), rangeHash));
    }

    private static ShardBytes term(Material m, int bytes, int start, int end) {
        ProvenTerm all = m.all();
        return new ShardBytes()
                .file(
                        m.sent().file(),
                        m.sent().sha256(),
                        new ProvenTerm(all.xorb(), bytes, start, end, all.rangeHash()));
    }

    private static XetHash ofFirst(Material m) {
        return ShardBytes.fileHash(List.of(m.sent().xorb()), List.of(first(m)));
    }

    private static ProvenTerm first(Material m) {
        return ProvenTerm.of(m.sent().xorb(), 0, 1);
    }

    /** Other chunks under the name of the stored xorb. */
    private static VerifiedXorb posing(Material m) {
        return new VerifiedXorb(m.sent().xorb().hash(), m.absent().xorb().chunks());
    }

    /** All that a stranger may know: file, sha256, xorb, lengths; only the chunks' hashes are missing. */
    private static ShardBytes stolen(Material m) {
        return stolen(m, XetHashing.chunk(new byte[9], 0, 9), true);
    }

    private static ShardBytes stolenUnverified(Material m) {
        return stolen(m, null, false);
    }

    private static ShardBytes stolenByOwn(Material m) {
        return stolen(m, m.all().rangeHash(), true);
    }

    private static ShardBytes stolen(Material m, XetHash rangeHash, boolean verified) {
        ProvenTerm theirs = ProvenTerm.all(m.hidden().xorb());
        ProvenTerm claimed = new ProvenTerm(theirs.xorb(), theirs.bytes(), theirs.start(), theirs.end(), rangeHash);
        return new ShardBytes().file(m.hidden().file(), m.hidden().sha256(), verified, claimed);
    }

    private static byte[] counted(Material m, int highest) {
        return changed(m.sent().shard(), TERMS_AT + 3, highest);
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }
}
