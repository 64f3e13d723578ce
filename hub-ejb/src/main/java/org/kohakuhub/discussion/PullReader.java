package org.kohakuhub.discussion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.discussion.DiscussionEvent.Arrival;
import org.kohakuhub.discussion.DiscussionEvent.CommitAdded;
import org.kohakuhub.version.Author;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.FileChange;
import org.kohakuhub.version.HistoryEdits;
import org.kohakuhub.version.VersionStore;

/** Reads from git what there is to say about a pull request. */
@ApplicationScoped
class PullReader {
    private static final System.Logger LOG = System.getLogger(PullReader.class.getName());

    /** A push of more is told by its newest ones. */
    private static final int MOST_COMMITS = 100;

    private static final int MOST_FILES = 300;

    private final VersionStore versions;
    private final HistoryEdits edits;

    /** For the container's proxy only. */
    protected PullReader() {
        this(null, null);
    }

    @Inject
    PullReader(VersionStore versions, HistoryEdits edits) {
        this.versions = versions;
        this.edits = edits;
    }

    /** The same events, with each push told commit by commit. */
    List<DiscussionEvent> told(RepoKey repo, List<DiscussionEvent> events) {
        List<DiscussionEvent> told = new ArrayList<>();
        for (DiscussionEvent event : events) {
            if (event.happening() instanceof Arrival arrival) {
                commits(repo, arrival.from(), arrival.to())
                        .forEach(commit -> told.add(new DiscussionEvent(
                                event.id(),
                                event.author(),
                                event.createdAt(),
                                new CommitAdded(commit.oid().hex(), commit.title()))));
            } else {
                told.add(event);
            }
        }
        return told;
    }

    private List<CommitRecord> commits(RepoKey repo, GitOid from, GitOid to) {
        try {
            return versions.between(repo, from, to, MOST_COMMITS);
        } catch (HubException gone) { // pushed over by force, and collected since
            LOG.log(Level.DEBUG, "A commit of a pull request is gone", gone);
            return List.of();
        }
    }

    /** Files that both sides changed and that do not go together. */
    List<String> conflicts(RepoKey repo, Discussion discussion) {
        Optional<GitOid> base = discussion.pull().flatMap(pull -> versions.head(repo, pull.base()));
        Optional<GitOid> head = head(repo, discussion);
        return base.isPresent() && head.isPresent() ? edits.conflicts(repo, base.get(), head.get()) : List.of();
    }

    /** What a pull request changes, as one text in git's form; files that cannot be shown by lines are named only. */
    Optional<String> diff(RepoKey repo, Discussion discussion) {
        return head(repo, discussion).map(head -> {
            VersionStore.ChangePage page =
                    versions.changes(repo, Optional.of(begin(repo, discussion, head)), head, "", MOST_FILES);
            return page.changes().stream().map(PullReader::lines).collect(Collectors.joining());
        });
    }

    private static String lines(FileChange change) {
        String before = change.oldPath().orElse(change.path());
        return change.diff()
                .orElseGet(() -> "diff --git a/" + before + " b/" + change.path() + "\nBinary files "
                        + (change.before().isPresent() ? "a/" + before : "/dev/null") + " and "
                        + (change.after().isPresent() ? "b/" + change.path() : "/dev/null") + " differ\n");
    }

    /** Title and number, the commits, and their authors beside the one who merges. */
    String mergeMessage(RepoKey repo, Discussion discussion, Author merger) {
        StringBuilder message = new StringBuilder(discussion.title())
                .append(" (#")
                .append(discussion.num())
                .append(")\n");
        TreeSet<String> others = new TreeSet<>();
        head(repo, discussion).ifPresent(head -> {
            List<CommitRecord> commits = commits(repo, begin(repo, discussion, head), head);
            message.append(commits.isEmpty() ? "" : "\n");
            for (CommitRecord commit : commits) {
                message.append("- ")
                        .append(commit.title())
                        .append(" (")
                        .append(commit.oid().hex())
                        .append(")\n");
                if (!commit.authorEmail().equals(merger.email())) {
                    others.add("Co-authored-by: " + commit.authorName() + " <" + commit.authorEmail() + ">\n");
                }
            }
        });
        message.append(others.isEmpty() ? "" : "\n");
        others.forEach(message::append);
        return message.toString();
    }

    private Optional<GitOid> head(RepoKey repo, Discussion discussion) {
        return discussion.pull().flatMap(pull -> versions.head(repo, PullRef.of(discussion.num())));
    }

    /** Where the pull request left its base. */
    private GitOid begin(RepoKey repo, Discussion discussion, GitOid head) {
        Discussion.Pull pull = discussion.pull().orElseThrow();
        return versions.head(repo, pull.base())
                .flatMap(base -> versions.mergeBase(repo, base, head))
                .orElse(pull.start());
    }
}
