package org.kohakuhub.version.git;

import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.util.NB;

/** Numbers object ids in the order in which they are first seen, in a fifth of the memory that objects would take. */
final class IdNumbers {
    private static final int WORDS = 5;

    private int[] table = new int[1 << 12]; // a number and one, or zero
    private int[] words = new int[WORDS << 11];
    private int count;

    /** The number of the id whose 20 bytes begin there. */
    int number(byte[] raw, int offset) {
        int first = NB.decodeInt32(raw, offset);
        int slot = first & table.length - 1;
        for (int other = table[slot]; other != 0; other = table[slot]) {
            if (words[(other - 1) * WORDS] == first && isSame((other - 1) * WORDS, raw, offset)) {
                return other - 1;
            }
            slot = slot + 1 & table.length - 1;
        }
        return add(slot, raw, offset);
    }

    int count() {
        return count;
    }

    private boolean isSame(int at, byte[] raw, int offset) {
        for (int i = 1; i < WORDS; i++) {
            if (words[at + i] != NB.decodeInt32(raw, offset + i * Integer.BYTES)) {
                return false;
            }
        }
        return true;
    }

    private int add(int slot, byte[] raw, int offset) {
        if (words.length < (count + 1) * WORDS) {
            words = Arrays.copyOf(words, words.length * 2);
        }
        for (int i = 0; i < Constants.OBJECT_ID_LENGTH / Integer.BYTES; i++) {
            words[count * WORDS + i] = NB.decodeInt32(raw, offset + i * Integer.BYTES);
        }
        table[slot] = ++count;
        if (count > table.length / 2) {
            grow();
        }
        return count - 1;
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int number = 0; number < count; number++) {
            int slot = words[number * WORDS] & table.length - 1;
            while (table[slot] != 0) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = number + 1;
        }
    }
}
