package org.kohakuhub.version.git;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.version.HistoryEdits;

/** Merges, reverts, picks, restores and squashes on JGit's objects, in memory: no file is ever checked out. */
@ApplicationScoped
class GitHistoryEdits implements HistoryEdits {
    private final Storage storage;
    private final BranchMover mover;

    /** For the container's proxy only. */
    protected GitHistoryEdits() {
        this.storage = null;
        this.mover = null;
    }

    @Inject
    GitHistoryEdits(Storage storage, BranchLocks locks, PackMaintenance maintenance) {
        this.storage = storage;
        this.mover = new BranchMover(storage, locks, maintenance);
    }

    @Override
    public Outcome merge(RepoKey repo, GitOid source, Target target, Optional<Preference> preference, boolean squash) {
        return edit(repo, target, "merge", edit -> {
            RevCommit head = edit.head();
            RevCommit merged = edit.commit(source);
            if (edit.walk().isMergedInto(merged, head)) {
                return head.getTree();
            }
            if (!squash) {
                edit.addParent(merged);
            }
            return preference.isPresent()
                    ? TreeMerge.preferring(preference.get(), edit, head, merged)
                    : mergeLines(edit, null, head, merged);
        });
    }

    @Override
    public List<String> conflicts(RepoKey repo, GitOid ours, GitOid theirs) {
        try (SqlRepository repository = SqlRepository.open(repo, storage);
                ObjectInserter inserter = repository.newObjectInserter();
                RevWalk walk = new RevWalk(inserter.newReader())) {
            Edit edit = new Edit(repository, inserter, walk, ours); // never finished: what it inserts is dropped
            mergeLines(edit, null, edit.head(), edit.commit(theirs));
            return List.of();
        } catch (ConflictException conflict) {
            return conflict.paths;
        } catch (IOException e) {
            throw GitFailures.reading(repo, e);
        }
    }

    @Override
    public Outcome revert(RepoKey repo, GitOid commit, int parent, Target target) {
        return edit(repo, target, "revert", edit -> {
            RevCommit reverted = edit.commit(commit);
            return mergeLines(edit, reverted.getTree(), edit.head(), edit.parent(reverted, parent));
        });
    }

    @Override
    public Outcome cherryPick(RepoKey repo, GitOid commit, int parent, Target target) {
        return edit(repo, target, "cherry-pick", edit -> {
            RevCommit picked = edit.commit(commit);
            edit.keepAuthor(picked.getAuthorIdent());
            boolean first = picked.getParentCount() == 0 && parent == 0;
            ObjectId before = first
                    ? edit.inserter().insert(new TreeFormatter())
                    : edit.parent(picked, parent).getTree();
            return mergeLines(edit, before, edit.head(), picked);
        });
    }

    @Override
    public Outcome restore(RepoKey repo, GitOid commit, Target target) {
        return edit(repo, target, "restore", edit -> edit.commit(commit).getTree());
    }

    /** The three-way merge of two commits, on {@code base} or on what they have in common. */
    private static ObjectId mergeLines(Edit edit, ObjectId base, RevCommit ours, RevCommit theirs) throws IOException {
        ResolveMerger merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(edit.repository(), true);
        merger.setObjectInserter(edit.inserter());
        if (base != null) {
            merger.setBase(base);
        }
        if (!merger.merge(ours, theirs)) {
            throw new ConflictException(
                    merger.getUnmergedPaths().stream().sorted().toList());
        }
        return merger.getResultTreeId();
    }

    @Override
    public GitOid squash(RepoKey repo, Target target) {
        Outcome outcome = edit(repo, target, "squash", edit -> {
            if (edit.head().getParentCount() > 0) {
                edit.forgetParents();
            }
            return edit.head().getTree();
        });
        return outcome.head().orElseThrow();
    }

    private interface Making {
        ObjectId tree(Edit edit) throws IOException;
    }

    private Outcome edit(RepoKey repo, Target target, String reason, Making making) {
        try (SqlRepository repository = SqlRepository.open(repo, storage);
                ObjectInserter inserter = repository.newObjectInserter()) {
            PersonIdent author = GitCommitWriter.ident(target.author(), storage);
            GitOid head =
                    mover.move(repository, target.ref(), target.author(), reason + ": " + target.message(), at -> {
                        try (RevWalk walk = new RevWalk(inserter.newReader())) {
                            Edit edit =
                                    new Edit(repository, inserter, walk, at.orElseThrow(() -> unknown(target.ref())));
                            ObjectId tree = making.tree(edit);
                            return edit.finish(tree, author, target.message());
                        }
                    });
            return Outcome.at(head);
        } catch (ConflictException conflict) {
            return Outcome.conflict(conflict.paths);
        } catch (IOException e) {
            throw GitFailures.reading(repo, e);
        }
    }

    private static HubException unknown(String ref) {
        return new HubException(ErrorKind.REVISION_NOT_FOUND, "Invalid rev id: " + ref);
    }

    /** Ends an attempt to merge; never leaves this class. */
    static final class ConflictException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<String> paths;

        ConflictException(List<String> paths) {
            super("conflict");
            this.paths = paths;
        }
    }

    /** One attempt at one head. */
    static final class Edit {
        private final SqlRepository repository;
        private final ObjectInserter inserter;
        private final RevWalk walk;
        private final RevCommit head;
        private final CommitBuilder next = new CommitBuilder();
        private boolean rewritten;
        private Optional<PersonIdent> author = Optional.empty();

        Edit(SqlRepository repository, ObjectInserter inserter, RevWalk walk, GitOid head) throws IOException {
            this.repository = repository;
            this.inserter = inserter;
            this.walk = walk;
            this.head = commit(head);
            next.addParentId(this.head);
        }

        SqlRepository repository() {
            return repository;
        }

        ObjectInserter inserter() {
            return inserter;
        }

        RevWalk walk() {
            return walk;
        }

        RevCommit head() {
            return head;
        }

        RevCommit commit(GitOid oid) throws IOException {
            return walk.parseCommit(ObjectId.fromString(oid.hex()));
        }

        RevCommit parent(RevCommit commit, int number) throws IOException {
            int count = commit.getParentCount();
            if (number < 0 || number > count || count == 0 || number == 0 && count > 1) {
                throw new HubException(
                        ErrorKind.INVALID,
                        "Commit " + commit.name() + " has " + count + " parents: name one of them by parent_number");
            }
            return walk.parseCommit(commit.getParent(Math.max(0, number - 1)));
        }

        void addParent(RevCommit parent) {
            next.addParentId(parent);
            rewritten = true;
        }

        /** Whose work it is, where that is not who commits it. */
        void keepAuthor(PersonIdent original) {
            author = Optional.of(original);
        }

        void forgetParents() {
            next.setParentIds();
            rewritten = true;
        }

        Optional<GitOid> finish(ObjectId tree, PersonIdent committer, String message) throws IOException {
            if (!rewritten && tree.equals(head.getTree())) {
                return Optional.empty();
            }
            next.setTreeId(tree);
            next.setAuthor(author.orElse(committer));
            next.setCommitter(committer);
            next.setMessage(message);
            ObjectId id = inserter.insert(next);
            inserter.flush();
            return Optional.of(new GitOid(id.name()));
        }
    }
}
