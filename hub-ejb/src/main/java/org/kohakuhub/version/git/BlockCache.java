package org.kohakuhub.version.git;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import org.eclipse.jgit.internal.storage.dfs.DfsBlockCache;
import org.eclipse.jgit.internal.storage.dfs.DfsBlockCacheConfig;

/**
 * Sizes JGit's block cache before anybody reads through it. It is one for the process, and its default of 32 MiB makes
 * a repack load every block many times over.
 */
@Startup
@Singleton
public class BlockCache {
    private static final long SMALLEST = 64L << 20;
    private static final int BLOCK = 64 << 10;

    @PostConstruct
    void configure() {
        long quarterOfHeap = Runtime.getRuntime().maxMemory() / 4;
        DfsBlockCache.reconfigure(new DfsBlockCacheConfig()
                .setBlockSize(BLOCK)
                .setBlockLimit(Math.max(SMALLEST, quarterOfHeap))
                .setStreamRatio(0.3)
                .setConcurrencyLevel(32));
    }
}
