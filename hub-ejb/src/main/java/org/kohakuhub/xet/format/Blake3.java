package org.kohakuhub.xet.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.kohakuhub.common.XetHash;

/**
 * BLAKE3 in its keyed mode with 32 bytes of output, for input that is in memory (the BLAKE3 paper, sections 2.1 to 2.5).
 * All that is uploaded goes through this: sixteen blocks are worked on side by side in arrays, which the JVM turns into
 * vector instructions, and that is twice as fast as the libraries are (docs/adr/0302). Thread-safe.
 */
final class Blake3 {
    private static final int BLOCK = 64;
    private static final int CHUNK = 1_024;
    private static final int LANES = 16;
    private static final int WORDS = 16;
    private static final int OUT = 8;

    private static final int CHUNK_START = 1;
    private static final int CHUNK_END = 1 << 1;
    private static final int PARENT = 1 << 2;
    private static final int ROOT = 1 << 3;
    private static final int KEYED = 1 << 4;

    private static final int[] IV = {0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A};
    private static final int[] PERMUTATION = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
    private static final int ROUNDS = 7;
    private static final byte[] SCHEDULE = schedule();
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] key = new int[OUT];

    /** With a key of 32 bytes. */
    Blake3(byte[] key) {
        ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(this.key);
    }

    /** Which word of the block each step takes, of all rounds. */
    private static byte[] schedule() {
        byte[] schedule = new byte[ROUNDS * WORDS];
        for (int i = 0; i < schedule.length; i++) {
            schedule[i] = (byte) (i < WORDS ? i : schedule[i - i % WORDS - WORDS + PERMUTATION[i % WORDS]]);
        }
        return schedule;
    }

    XetHash hash(byte[] bytes, int offset, int length) {
        int count = Math.max(1, (length + CHUNK - 1) / CHUNK);
        int[] values = new int[count * OUT];
        int done = 0;
        if (length / CHUNK >= LANES) {
            Lanes lanes = new Lanes();
            for (; done + LANES <= length / CHUNK; done += LANES) {
                lanes.hash(bytes, offset + done * CHUNK, done, values);
            }
        }
        int[] words = new int[WORDS];
        for (; done < count; done++) {
            int last = count == 1 ? ROOT : 0;
            chunk(bytes, offset + done * CHUNK, Math.min(CHUNK, length - done * CHUNK), done, last, words, values);
        }
        for (; count > 1; count = (count + 1) / 2) {
            joinPairs(values, count, words);
        }
        return hash(values);
    }

    /** One chunk, whose chaining value goes to its place among {@code values}. */
    private void chunk(byte[] bytes, int from, int length, int number, int last, int[] words, int[] values) {
        int at = number * OUT;
        System.arraycopy(key, 0, values, at, OUT);
        int left = length;
        int start = CHUNK_START;
        do {
            int block = Math.min(BLOCK, left);
            load(bytes, from + length - left, block, words);
            left -= block;
            int end = left == 0 ? CHUNK_END | last : 0;
            compress(values, at, words, number, block, KEYED | start | end, values, at);
            start = 0;
        } while (left > 0);
    }

    private static void load(byte[] bytes, int from, int length, int[] words) {
        byte[] block = bytes;
        int at = from;
        if (length < BLOCK) {
            block = Arrays.copyOf(Arrays.copyOfRange(bytes, from, from + length), BLOCK);
            at = 0;
        }
        for (int i = 0; i < WORDS; i++) {
            words[i] = (int) INTS.get(block, at + i * Integer.BYTES);
        }
    }

    /** Makes each pair of neighbours one; a lone last one goes up as it is. The last pair is the root. */
    private void joinPairs(int[] values, int count, int[] words) {
        int flags = KEYED | PARENT | (count == 2 ? ROOT : 0);
        int pair = 0;
        for (; 2 * pair + 1 < count; pair++) {
            System.arraycopy(values, 2 * pair * OUT, words, 0, WORDS);
            compress(key, 0, words, 0, BLOCK, flags, values, pair * OUT);
        }
        if (2 * pair < count) {
            System.arraycopy(values, 2 * pair * OUT, values, pair * OUT, OUT);
        }
    }

    private static XetHash hash(int[] words) {
        ByteBuffer bytes = ByteBuffer.allocate(XetHash.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words, 0, OUT);
        return XetHash.read(bytes);
    }

    /** The compression function, for one block. Only the half of its output that is ever needed is kept. */
    private static void compress(
            int[] value, int at, int[] words, long counter, int length, int flags, int[] out, int to) {
        int[] v = new int[WORDS];
        System.arraycopy(value, at, v, 0, OUT);
        System.arraycopy(IV, 0, v, OUT, IV.length);
        v[12] = (int) counter;
        v[13] = (int) (counter >>> 32);
        v[14] = length;
        v[15] = flags;
        for (int i = 0; i < SCHEDULE.length; i += WORDS) {
            mix(v, 0, 4, 8, 12, words[SCHEDULE[i]], words[SCHEDULE[i + 1]]);
            mix(v, 1, 5, 9, 13, words[SCHEDULE[i + 2]], words[SCHEDULE[i + 3]]);
            mix(v, 2, 6, 10, 14, words[SCHEDULE[i + 4]], words[SCHEDULE[i + 5]]);
            mix(v, 3, 7, 11, 15, words[SCHEDULE[i + 6]], words[SCHEDULE[i + 7]]);
            mix(v, 0, 5, 10, 15, words[SCHEDULE[i + 8]], words[SCHEDULE[i + 9]]);
            mix(v, 1, 6, 11, 12, words[SCHEDULE[i + 10]], words[SCHEDULE[i + 11]]);
            mix(v, 2, 7, 8, 13, words[SCHEDULE[i + 12]], words[SCHEDULE[i + 13]]);
            mix(v, 3, 4, 9, 14, words[SCHEDULE[i + 14]], words[SCHEDULE[i + 15]]);
        }
        for (int i = 0; i < OUT; i++) {
            out[to + i] = v[i] ^ v[i + OUT];
        }
    }

    private static void mix(int[] v, int a, int b, int c, int d, int x, int y) {
        v[a] += v[b] + x;
        v[d] = Integer.rotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = Integer.rotateRight(v[b] ^ v[c], 12);
        v[a] += v[b] + y;
        v[d] = Integer.rotateRight(v[d] ^ v[a], 8);
        v[c] += v[d];
        v[b] = Integer.rotateRight(v[b] ^ v[c], 7);
    }

    /** Sixteen whole chunks side by side: each word of the state is a row with one column for each of them. */
    private final class Lanes {
        private final int[] state = new int[WORDS * LANES];
        private final int[] words = new int[WORDS * LANES];
        private final int[] chained = new int[OUT * LANES];

        void hash(byte[] bytes, int from, int number, int[] values) {
            for (int i = 0; i < OUT; i++) {
                Arrays.fill(chained, i * LANES, (i + 1) * LANES, key[i]);
            }
            for (int block = 0; block < CHUNK; block += BLOCK) {
                load(bytes, from + block);
                int start = block == 0 ? CHUNK_START : 0;
                int end = block == CHUNK - BLOCK ? CHUNK_END : 0;
                compress(number, KEYED | start | end);
            }
            for (int i = 0; i < chained.length; i++) {
                values[(number + i % LANES) * OUT + i / LANES] = chained[i];
            }
        }

        private void load(byte[] bytes, int from) {
            for (int lane = 0; lane < LANES; lane++) {
                for (int i = 0; i < WORDS; i++) {
                    words[i * LANES + lane] = (int) INTS.get(bytes, from + lane * CHUNK + i * Integer.BYTES);
                }
            }
        }

        private void compress(int number, int flags) {
            System.arraycopy(chained, 0, state, 0, chained.length);
            for (int i = 0; i < IV.length; i++) {
                fill(OUT + i, IV[i]);
            }
            for (int lane = 0; lane < LANES; lane++) {
                state[12 * LANES + lane] = number + lane;
            }
            fill(13, 0);
            fill(14, BLOCK);
            fill(15, flags);
            for (int i = 0; i < SCHEDULE.length; i += WORDS) {
                mix(0, 4, 8, 12, SCHEDULE[i], SCHEDULE[i + 1]);
                mix(1, 5, 9, 13, SCHEDULE[i + 2], SCHEDULE[i + 3]);
                mix(2, 6, 10, 14, SCHEDULE[i + 4], SCHEDULE[i + 5]);
                mix(3, 7, 11, 15, SCHEDULE[i + 6], SCHEDULE[i + 7]);
                mix(0, 5, 10, 15, SCHEDULE[i + 8], SCHEDULE[i + 9]);
                mix(1, 6, 11, 12, SCHEDULE[i + 10], SCHEDULE[i + 11]);
                mix(2, 7, 8, 13, SCHEDULE[i + 12], SCHEDULE[i + 13]);
                mix(3, 4, 9, 14, SCHEDULE[i + 14], SCHEDULE[i + 15]);
            }
            for (int i = 0; i < chained.length; i++) {
                chained[i] = state[i] ^ state[i + OUT * LANES];
            }
        }

        private void fill(int row, int value) {
            Arrays.fill(state, row * LANES, (row + 1) * LANES, value);
        }

        private void mix(int rowA, int rowB, int rowC, int rowD, int rowX, int rowY) {
            mix(state, words, rowA * LANES, rowB * LANES, rowC * LANES, rowD * LANES, rowX * LANES, rowY * LANES);
        }

        /** The loop that becomes vector instructions: nothing in it depends on another lane. */
        private static void mix(int[] v, int[] m, int a, int b, int c, int d, int x, int y) {
            for (int i = 0; i < LANES; i++) {
                int va = v[a + i] + v[b + i] + m[x + i];
                int vd = Integer.rotateRight(v[d + i] ^ va, 16);
                int vc = v[c + i] + vd;
                int vb = Integer.rotateRight(v[b + i] ^ vc, 12);
                va += vb + m[y + i];
                vd = Integer.rotateRight(vd ^ va, 8);
                vc += vd;
                v[a + i] = va;
                v[b + i] = Integer.rotateRight(vb ^ vc, 7);
                v[c + i] = vc;
                v[d + i] = vd;
            }
        }
    }
}
