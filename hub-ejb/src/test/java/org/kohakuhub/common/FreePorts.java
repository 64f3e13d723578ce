package org.kohakuhub.common;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for the servers of tests, below those that the kernel gives to whoever connects: between the look and the
 * server's start no connection can take one.
 */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int END = 32_768;

    /** How many test runners may run side by side, and which one this is: each chooses among ports of its own. */
    private static final int RUNNERS = 8;

    private static final int RUNNER = Integer.getInteger("hub.fork", 0) % RUNNERS;

    private FreePorts() {}

    /** So many different ones on which nobody listens. */
    public static List<Integer> some(int count) {
        return ThreadLocalRandom.current()
                .ints(FIRST, END)
                .distinct()
                .filter(port -> port % RUNNERS == RUNNER)
                .filter(FreePorts::isFree)
                .limit(count)
                .boxed()
                .toList();
    }

    /** One of them. */
    public static int one() {
        return some(1).get(0);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
