package org.kohakuhub.version.git;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.version.CommitRecord;

/** Reads the commits behind a commit. */
final class History {
    private final ObjectReader reader;

    History(ObjectReader reader) {
        this.reader = reader;
    }

    List<CommitRecord> log(GitOid from, int skip, int limit) throws IOException {
        List<CommitRecord> page = new ArrayList<>();
        try (RevWalk walk = new RevWalk(reader)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(from.hex())));
            int passed = 0;
            for (RevCommit commit = walk.next(); commit != null && page.size() < limit; commit = walk.next()) {
                if (passed++ >= skip) {
                    page.add(record(commit));
                }
            }
        }
        return page;
    }

    /** The newest {@code limit} commits behind {@code to} that are not behind {@code from}, oldest first. */
    List<CommitRecord> between(GitOid from, GitOid to, int limit) throws IOException {
        List<CommitRecord> found = new ArrayList<>();
        try (RevWalk walk = new RevWalk(reader)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(to.hex())));
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(from.hex())));
            for (RevCommit commit = walk.next(); commit != null && found.size() < limit; commit = walk.next()) {
                found.add(record(commit));
            }
        }
        Collections.reverse(found);
        return found;
    }

    /** The newest commit behind both. */
    Optional<GitOid> mergeBase(GitOid one, GitOid other) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(ObjectId.fromString(one.hex())));
            walk.markStart(walk.parseCommit(ObjectId.fromString(other.hex())));
            return Optional.ofNullable(walk.next()).map(base -> new GitOid(base.name()));
        }
    }

    /** What {@code walk} has parsed the headers of, in full. */
    static CommitRecord record(RevWalk walk, ObjectId commit) throws IOException {
        RevCommit parsed = walk.parseCommit(commit);
        walk.parseBody(parsed);
        return record(parsed);
    }

    private static CommitRecord record(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        String whole = commit.getFullMessage().strip();
        int end = whole.indexOf('\n');
        return new CommitRecord(
                new GitOid(commit.name()),
                Arrays.stream(commit.getParents())
                        .map(parent -> new GitOid(parent.name()))
                        .toList(),
                end < 0 ? whole : whole.substring(0, end).strip(),
                end < 0 ? "" : whole.substring(end + 1).strip(),
                author.getName(),
                author.getEmailAddress(),
                Instant.ofEpochSecond(commit.getCommitTime()));
    }
}
