package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;

/**
 * Work that one thread shares with those of the JDK's common pool. What none of them has begun, it does itself, so that it
 * never waits for a busy pool. What is shared computes and nothing else: no bean and no database is reached from there.
 */
final class CommonWork implements AutoCloseable {
    /** How many other threads there are to be had, at least one. */
    static final int HELPERS = Math.min(3, Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

    private final Deque<FutureTask<Void>> tasks = new ArrayDeque<>();

    /** Hands a piece on, or does it at once if the others have enough. */
    void share(Callable<Void> piece) throws IOException, UnfitPackException {
        while (!tasks.isEmpty() && tasks.peekFirst().isDone()) {
            end(tasks.removeFirst());
        }
        FutureTask<Void> task = new FutureTask<>(piece);
        if (tasks.size() < 2 * HELPERS) {
            tasks.addLast(task);
            ForkJoinPool.commonPool().execute(task);
        } else {
            end(task);
        }
    }

    /** Returns when all is done. */
    void finish() throws IOException, UnfitPackException {
        while (!tasks.isEmpty()) {
            end(tasks.removeFirst());
        }
    }

    private static void end(FutureTask<Void> task) throws IOException, UnfitPackException {
        task.run(); // nothing happens if it has begun elsewhere
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            if (cause instanceof UnfitPackException unfit) {
                throw unfit;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(cause);
        }
    }

    /** Leaves nothing that still reads what is about to be discarded; how it ends is of no interest any more. */
    @Override
    public void close() {
        for (FutureTask<Void> task : tasks) {
            try {
                end(task);
            } catch (IOException | UnfitPackException | RuntimeException late) {
                continue;
            }
        }
        tasks.clear();
    }
}
