package org.kohakuhub.version;

import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.GitOid;

/**
 * Changes to a branch that are more than a list of files. Each is one commit on top of whatever the branch's head is when
 * it is made; where other writers move the branch meanwhile it is made anew. An edit that would change nothing gives the
 * head as it is.
 */
public interface HistoryEdits {
    /**
     * Where a commit goes.
     *
     * @param ref a branch's whole name, which must exist
     * @param message title, blank line, description
     */
    record Target(String ref, Author author, String message) {}

    /** Whose version of a file counts that both sides changed. */
    enum Preference {
        /** The branch that is merged in. */
        SOURCE,
        /** The branch that is merged into. */
        DESTINATION
    }

    /**
     * Merges a commit into a branch.
     *
     * @param preference for files that both sides changed; without one their lines are merged, and what does not go
     *     together is a conflict
     * @param squash whether the result has the branch's head as its only parent
     */
    Outcome merge(RepoKey repo, GitOid source, Target target, Optional<Preference> preference, boolean squash);

    /** The paths that a merge of {@code theirs} into {@code ours} would find in conflict, by name; nothing is written. */
    List<String> conflicts(RepoKey repo, GitOid ours, GitOid theirs);

    /**
     * Takes back what a commit changed.
     *
     * @param parent which parent of a merge is the side that stays, from 1; 0 for a commit with one parent
     * @throws org.kohakuhub.common.HubException INVALID if the commit has no such parent, or several and none is named
     */
    Outcome revert(RepoKey repo, GitOid commit, int parent, Target target);

    /**
     * Makes on the branch the changes that a commit made, with its author.
     *
     * @param parent which parent of a merge the changes are counted from, from 1; 0 for a commit with one parent, or none
     * @throws org.kohakuhub.common.HubException INVALID if the commit has no such parent, or several and none is named
     */
    Outcome cherryPick(RepoKey repo, GitOid commit, int parent, Target target);

    /** Gives the branch the files of another commit, however far back; what came since stays in its history. */
    Outcome restore(RepoKey repo, GitOid commit, Target target);

    /** Makes the files of a branch its first and only commit. No other ref changes. */
    GitOid squash(RepoKey repo, Target target);

    /**
     * What came out.
     *
     * @param head of the branch now; empty if there are conflicts, and nothing was changed
     * @param conflicts paths that do not go together
     */
    record Outcome(Optional<GitOid> head, List<String> conflicts) {
        /** It was done. */
        public static Outcome at(GitOid head) {
            return new Outcome(Optional.of(head), List.of());
        }

        /** It could not be done. */
        public static Outcome conflict(List<String> paths) {
            return new Outcome(Optional.empty(), paths);
        }
    }
}
