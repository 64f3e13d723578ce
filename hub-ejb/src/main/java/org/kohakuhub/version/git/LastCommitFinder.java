package org.kohakuhub.version.git;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.version.CommitRecord;

/**
 * Tells the last commits of paths, and remembers what was not found at once. So a folder costs one walk through its history
 * in its life, and then no more than {@link #WORTH_KEEPING} commits a time.
 */
@ApplicationScoped
class LastCommitFinder {
    private static final Logger LOG = System.getLogger(LastCommitFinder.class.getName());

    /** Walks of fewer commits take about a millisecond, and reading should write rarely. */
    static final int WORTH_KEEPING = 32;

    private final LastCommitRows rows;

    /** For the container's proxy only. */
    protected LastCommitFinder() {
        this(null);
    }

    @Inject
    LastCommitFinder(LastCommitRows rows) {
        this.rows = rows;
    }

    /** The last commits of paths that exist at {@code commit}. */
    Map<String, CommitRecord> find(RepoKey repo, ObjectReader reader, GitOid commit, Collection<String> paths)
            throws IOException {
        ObjectId from = ObjectId.fromString(commit.hex());
        Map<ObjectId, Map<String, ObjectId>> known = rows.known(repo.id(), paths);
        try (RevWalk walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            LastCommits search = new LastCommits(reader, walk, known);
            Map<String, ObjectId> found = search.find(from, paths);
            if (search.steps() >= WORTH_KEEPING) {
                keep(repo, from, known, found);
            }
            return records(reader, found);
        }
    }

    private void keep(
            RepoKey repo, ObjectId from, Map<ObjectId, Map<String, ObjectId>> known, Map<String, ObjectId> found) {
        Map<String, ObjectId> all = new HashMap<>(known.getOrDefault(from, Map.of()));
        all.putAll(found);
        try {
            rows.keep(repo.id(), from, all);
        } catch (RuntimeException e) { // the answer is right without it
            LOG.log(Level.WARNING, "Last commits of " + repo.name() + " could not be kept", e);
        }
    }

    private static Map<String, CommitRecord> records(ObjectReader reader, Map<String, ObjectId> found)
            throws IOException {
        Map<ObjectId, CommitRecord> read = new HashMap<>();
        Map<String, CommitRecord> records = new HashMap<>();
        try (RevWalk walk = new RevWalk(reader)) {
            for (Map.Entry<String, ObjectId> path : found.entrySet()) {
                CommitRecord record = read.get(path.getValue());
                if (record == null) {
                    record = History.record(walk, path.getValue());
                    read.put(path.getValue(), record);
                }
                records.put(path.getKey(), record);
            }
        }
        return records;
    }
}
