package org.kohakuhub.xet.format;

import java.util.Arrays;
import java.util.Random;

/** Bytes with one to four small faults in them. */
public final class Damage {
    private Damage() {}

    /** Flips, overwrites, cuts off or moves some bytes; the original stays as it is. */
    public static byte[] of(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(5)) {
                case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> damaged[at] = (byte) random.nextInt(256);
                case 2 -> damaged = Arrays.copyOf(damaged, Math.max(1, at));
                case 3 -> damaged[at] = (byte) 0xff;
                default -> {
                    int count = Math.min(8, damaged.length - at);
                    System.arraycopy(damaged, random.nextInt(damaged.length - count + 1), damaged, at, count);
                }
            }
        }
        return damaged;
    }
}
