package org.kohakuhub.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many who do something at the same time. */
public final class AtOnce {
    private AtOnce() {}

    /** What each came to, in their order; fails as the first that failed. */
    public static <T> List<T> run(List<Callable<T>> tasks) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<T>> running = tasks.stream().map(pool::submit).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /** The same for so many with a number each. */
    public static <T> List<T> run(int count, IntFunction<Callable<T>> task) throws Exception {
        return run(IntStream.range(0, count).mapToObj(task).toList());
    }
}
